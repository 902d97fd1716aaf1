package dev.kontor.marketplaces;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The known fields of a document, as paths of their leaves such as {@code lineItems[].offer.id}. What is not declared
 * open is treated as personal: a field that a marketplace adds tomorrow is hidden before anybody has looked at it.
 */
public final class DocumentFields {

    /** Stands where a personal value was. */
    public static final String MASK = "***";

    private static final JsonNode HIDDEN = StringNode.valueOf(MASK);
    private static final Field UNDECLARED = new Field();

    private final Set<String> open;
    private final Set<String> personal;
    private final Field root = new Field();

    /**
     * @param open leaves that anybody may read
     * @param personal leaves that are personal data
     */
    public DocumentFields(Set<String> open, Set<String> personal) {
        this.open = Set.copyOf(open);
        this.personal = Set.copyOf(personal);
        open.forEach(path -> root.declare(path).open = true);
        personal.forEach(path -> root.declare(path).personal = true);
    }

    public Set<String> open() {
        return open;
    }

    public Set<String> personal() {
        return personal;
    }

    /**
     * @param masked the document with {@link #MASK} in place of every personal value
     * @param personal the values taken out, by JSON pointer
     * @param unknown paths of fields that are not declared
     */
    public record Split(ObjectNode masked, Map<String, JsonNode> personal, Set<String> unknown) {
        @Override
        public String toString() {
            return "Split[" + personal.size() + " personal values, unknown=" + unknown + "]";
        }
    }

    /** Takes the personal values out of a copy of the document. Nulls, empty objects and empty arrays stay. */
    public Split split(ObjectNode document) {
        var splitting = new Splitting();
        return new Split(splitting.masked(document, root), splitting.taken, splitting.unknown);
    }

    /** Paths of the document's fields that are not declared and have a value. */
    public Set<String> unknown(ObjectNode document) {
        var unknown = new TreeSet<String>();
        findUnknown(document, root, new Place(), unknown);
        return unknown;
    }

    private static void findUnknown(JsonNode node, Field field, Place place, Set<String> unknown) {
        switch (node) {
            case ObjectNode object -> {
                for (var property : object.properties()) {
                    place.enter(property.getKey());
                    findUnknown(property.getValue(), field.child(property.getKey()), place, unknown);
                    place.leave();
                }
            }
            case ArrayNode array -> {
                var element = field.child("[]");
                for (int index = 0; index < array.size(); index++) {
                    place.enter(index);
                    findUnknown(array.get(index), element, place, unknown);
                    place.leave();
                }
            }
            default -> {
                if (!node.isNull() && !field.open && !field.personal) {
                    unknown.add(place.path());
                }
            }
        }
    }

    /** Puts the values back that {@link #split} took out. */
    public static ObjectNode merge(ObjectNode masked, Map<String, JsonNode> personal) {
        var whole = masked.deepCopy();
        personal.forEach((path, value) -> {
            var pointer = JsonPointer.compile(path);
            var last = pointer.last();
            switch (whole.at(pointer.head())) {
                case ObjectNode parent -> parent.set(last.getMatchingProperty(), value);
                case ArrayNode parent -> parent.set(last.getMatchingIndex(), value);
                default -> throw new IllegalStateException("no place for a personal value at " + pointer.head());
            }
        });
        return whole;
    }

    /** One walk through a document, with what it has found. */
    private static final class Splitting {
        private final Map<String, JsonNode> taken = new LinkedHashMap<>();
        private final Set<String> unknown = new TreeSet<>();
        private final Place place = new Place();

        ObjectNode masked(ObjectNode object, Field field) {
            var masked = JsonNodeFactory.instance.objectNode();
            for (var property : object.properties()) {
                var name = property.getKey();
                place.enter(name);
                masked.set(name, masked(property.getValue(), field.child(name)));
                place.leave();
            }
            return masked;
        }

        private ArrayNode masked(ArrayNode array, Field element) {
            var masked = JsonNodeFactory.instance.arrayNode(array.size());
            for (int index = 0; index < array.size(); index++) {
                place.enter(index);
                masked.add(masked(array.get(index), element));
                place.leave();
            }
            return masked;
        }

        private JsonNode masked(JsonNode node, Field field) {
            return switch (node) {
                case ObjectNode object -> masked(object, field);
                case ArrayNode array -> masked(array, field.child("[]"));
                default -> field.open || node.isNull() ? node : taken(node, field);
            };
        }

        private JsonNode taken(JsonNode leaf, Field field) {
            if (!field.personal) {
                unknown.add(place.path());
            }
            taken.put(place.pointer(), leaf);
            return HIDDEN;
        }
    }

    /** A declared field, or one on the way to it. */
    private static final class Field {
        private final Map<String, Field> children = new HashMap<>();
        private boolean open;
        private boolean personal;

        Field child(String name) {
            var child = children.get(name);
            return child == null ? UNDECLARED : child;
        }

        Field declare(String path) {
            var field = this;
            for (var name : List.of(path.replace("[]", ".[]").split("\\."))) {
                field = field.children.computeIfAbsent(name, ignored -> new Field());
            }
            return field;
        }
    }

    /** Where a walk is. Nearly every value is open and needs no name, so names are put together on demand only. */
    private static final class Place {
        private @Nullable Object[] steps = new Object[16];
        private int depth;

        void enter(Object step) {
            if (depth == steps.length) {
                steps = Arrays.copyOf(steps, depth * 2);
            }
            steps[depth++] = step;
        }

        void leave() {
            depth--;
        }

        String path() {
            var path = new StringBuilder();
            for (int i = 0; i < depth; i++) {
                if (steps[i] instanceof String name) {
                    path.append(path.isEmpty() ? "" : ".").append(name);
                } else {
                    path.append("[]");
                }
            }
            return path.toString();
        }

        String pointer() {
            var pointer = new StringBuilder();
            for (int i = 0; i < depth; i++) {
                pointer.append('/')
                        .append(String.valueOf(steps[i]).replace("~", "~0").replace("/", "~1"));
            }
            return pointer.toString();
        }
    }
}
