package dev.kontor.marketplaces;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The known fields of a document, as paths of their leaves such as {@code lineItems[].offer.id}. What is not declared
 * open is treated as personal: a field that a marketplace adds tomorrow is hidden before anybody has looked at it.
 */
public final class DocumentFields {

    /** Stands where a personal value was. */
    public static final String MASK = "***";

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
        var masked = document.deepCopy();
        var taken = new LinkedHashMap<String, JsonNode>();
        var unknown = new TreeSet<String>();
        walk(masked, root, new Place(), (field, place, leaf) -> {
            if (!field.open && !field.personal) {
                unknown.add(place.path());
            }
            if (field.open) {
                return leaf;
            }
            taken.put(place.pointer(), leaf);
            return StringNode.valueOf(MASK);
        });
        return new Split(masked, taken, unknown);
    }

    /** Paths of the document's fields that are not declared and have a value. */
    public Set<String> unknown(ObjectNode document) {
        var unknown = new TreeSet<String>();
        walk(document, root, new Place(), (field, place, leaf) -> {
            if (!field.open && !field.personal) {
                unknown.add(place.path());
            }
            return leaf;
        });
        return unknown;
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

    /** What a walk does with a value: the leaf itself, or what takes its place. */
    private interface Visitor {
        JsonNode visit(Field field, Place place, JsonNode leaf);
    }

    private static void walk(JsonNode node, Field field, Place place, Visitor visitor) {
        switch (node) {
            case ObjectNode object -> {
                for (var property : object.properties()) {
                    var name = property.getKey();
                    place.enter(name);
                    visit(property.getValue(), field.child(name), place, visitor, property::setValue);
                    place.leave();
                }
            }
            case ArrayNode array -> {
                var element = field.child("[]");
                for (int index = 0; index < array.size(); index++) {
                    var position = index;
                    place.enter(index);
                    visit(array.get(index), element, place, visitor, leaf -> array.set(position, leaf));
                    place.leave();
                }
            }
            default -> throw new IllegalStateException("not a container");
        }
    }

    private static void visit(
            JsonNode value, Field field, Place place, Visitor visitor, Consumer<JsonNode> replacement) {
        if (value.isContainer()) {
            walk(value, field, place, visitor);
        } else if (!value.isNull()) {
            var visited = visitor.visit(field, place, value);
            if (visited != value) {
                replacement.accept(visited);
            }
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
