package dev.kontor.marketplaces;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The known fields of a document, as paths of their leaves such as {@code lineItems[].offer.id}. What is not declared
 * open is treated as personal: a field that a marketplace adds tomorrow is hidden before anybody has looked at it.
 *
 * @param open leaves that anybody may read
 * @param personal leaves that are personal data
 */
public record DocumentFields(Set<String> open, Set<String> personal) {

    /** Stands where a personal value was. */
    public static final String MASK = "***";

    public DocumentFields {
        open = Set.copyOf(open);
        personal = Set.copyOf(personal);
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
        walk(masked, "", JsonPointer.empty(), taken, unknown);
        return new Split(masked, taken, unknown);
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

    private void walk(JsonNode node, String path, JsonPointer at, Map<String, JsonNode> taken, Set<String> unknown) {
        switch (node) {
            case ObjectNode object -> {
                for (var name : Set.copyOf(object.propertyNames())) {
                    var child = object.get(name);
                    var childPath = path.isEmpty() ? name : path + "." + name;
                    var childAt = at.appendProperty(name);
                    if (child.isContainer()) {
                        walk(child, childPath, childAt, taken, unknown);
                    } else if (hides(child, childPath, childAt, taken, unknown)) {
                        object.set(name, StringNode.valueOf(MASK));
                    }
                }
            }
            case ArrayNode array -> {
                for (int index = 0; index < array.size(); index++) {
                    var child = array.get(index);
                    var childAt = at.appendIndex(index);
                    if (child.isContainer()) {
                        walk(child, path + "[]", childAt, taken, unknown);
                    } else if (hides(child, path + "[]", childAt, taken, unknown)) {
                        array.set(index, StringNode.valueOf(MASK));
                    }
                }
            }
            default -> throw new IllegalStateException("not a container: " + at);
        }
    }

    private boolean hides(
            JsonNode leaf, String path, JsonPointer at, Map<String, JsonNode> taken, Set<String> unknown) {
        var isPersonal = personal.contains(path);
        var isOpen = open.contains(path);
        if (!isPersonal && !isOpen && !leaf.isNull()) {
            unknown.add(path);
        }
        if (isOpen || leaf.isNull()) {
            return false;
        }
        taken.put(at.toString(), leaf);
        return true;
    }
}
