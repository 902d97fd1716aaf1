package dev.kontor.marketplaces.exchange;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

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
        return read(body, new StorableText());
    }

    /** @param texts learns which fields held what cannot be stored */
    static JsonNode read(byte[] body, StorableText texts) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        var json = MAPPER.readTree(body);
        return StorableText.maybeMissingIn(body) ? texts.in(json) : json;
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
