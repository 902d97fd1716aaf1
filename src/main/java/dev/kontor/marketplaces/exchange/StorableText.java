package dev.kontor.marketplaces.exchange;

import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Gives JSON texts that can be kept: U+0000 and halves of surrogate pairs, which JSON can express and no database stores,
 * give way to U+FFFD. One such sign must not cost an order.
 */
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private final Set<String> replacedIn = new TreeSet<>();

    /** Paths of the fields that held such a sign, for a count; no values. */
    Set<String> replacedIn() {
        return replacedIn;
    }

    /** What comes in UTF-8 can have them only as escapes. */
    static boolean maybeMissingIn(byte[] body) {
        for (int index = 0; index + 3 < body.length; index++) {
            if (body[index] == '\\' && body[index + 1] == 'u') {
                var next = body[index + 2];
                if (next == 'd' || next == 'D' || (next == '0' && body[index + 3] == '0')) {
                    return true;
                }
            }
        }
        return false;
    }

    JsonNode in(JsonNode node) {
        return in(node, "");
    }

    private JsonNode in(JsonNode node, String path) {
        return switch (node) {
            case ObjectNode object -> {
                var whole = JsonNodeFactory.instance.objectNode();
                for (var property : object.properties()) {
                    var name = storable(property.getKey());
                    var child = path.isEmpty() ? name : path + "." + name;
                    if (!name.equals(property.getKey())) {
                        replacedIn.add(child);
                    }
                    whole.set(name, in(property.getValue(), child));
                }
                yield whole;
            }
            case ArrayNode array -> {
                var whole = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> whole.add(in(element, path + "[]")));
                yield whole;
            }
            case StringNode text -> in(text, path);
            default -> node;
        };
    }

    private StringNode in(StringNode node, String path) {
        var text = node.stringValue();
        var storable = storable(text);
        if (storable.equals(text)) {
            return node;
        }
        replacedIn.add(path);
        return StringNode.valueOf(storable);
    }

    private static String storable(String text) {
        var storable = new StringBuilder(text.length());
        text.codePoints()
                .map(sign -> sign == 0 || (sign >= Character.MIN_SURROGATE && sign <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : sign)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
