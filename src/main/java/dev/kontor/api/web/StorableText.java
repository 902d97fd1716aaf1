package dev.kontor.api.web;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Texts of a request that a database can keep, or compare with what it keeps: PostgreSQL has all characters but one. */
final class StorableText extends StdDeserializer<String> {

    static final String PROBLEM = "must not contain the character U+0000";

    StorableText() {
        super(String.class);
    }

    static boolean unstorable(String text) {
        return text.indexOf('\0') >= 0;
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        var text = StringDeserializer.instance.deserialize(parser, context);
        return text == null || !unstorable(text)
                ? text
                : (String) context.handleWeirdStringValue(String.class, text, PROBLEM);
    }
}
