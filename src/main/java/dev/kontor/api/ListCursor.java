package dev.kontor.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A position in a list as opaque text. It is not signed: whoever forges one gets no more than the filters give.
 */
final class ListCursor {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ListCursor() {}

    static String write(Record position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(position));
    }

    static <P extends Record> P read(String text, Class<P> type) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var position = JSON.readValue(json, type);
            if (position != null) {
                return position;
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // refused below, without quoting what was sent
        }
        throw new InvalidField("after", "is not a cursor of this list; use the \"next\" of one of its pages");
    }
}
