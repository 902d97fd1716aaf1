package dev.kontor.marketplaces.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads what marketplaces send, every number exactly as it was written. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** @return a missing node where there is nothing to read */
    static JsonNode read(byte[] body) {
        return body.length == 0 ? MissingNode.getInstance() : storable(body, MAPPER.readTree(body));
    }

    /** PostgreSQL keeps no U+0000 in a text; it can only arrive escaped. */
    private static JsonNode storable(byte[] body, JsonNode node) {
        return new String(body, StandardCharsets.UTF_8).contains("\\u0000") ? replaced(node) : node;
    }

    private static JsonNode replaced(JsonNode node) {
        return switch (node) {
            case StringNode text -> StringNode.valueOf(text.stringValue().replace('\u0000', '\uFFFD'));
            case ObjectNode object -> {
                for (var name : List.copyOf(object.propertyNames())) {
                    object.set(name, replaced(object.get(name)));
                }
                yield object;
            }
            case ArrayNode array -> {
                for (int index = 0; index < array.size(); index++) {
                    array.set(index, replaced(array.get(index)));
                }
                yield array;
            }
            default -> node;
        };
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
