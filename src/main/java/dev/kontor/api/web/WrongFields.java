package dev.kontor.api.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

import dev.kontor.api.FieldProblem;

import static org.springframework.web.context.request.RequestAttributes.SCOPE_REQUEST;

/** Notes what is wrong in one body and reads on, so that the caller hears of everything at once. */
final class WrongFields extends DeserializationProblemHandler {

    private static final String ATTRIBUTE = WrongFields.class.getName();

    private final List<FieldProblem> problems = new ArrayList<>();

    static WrongFields ofPresentRequest() {
        var wrong = new WrongFields();
        RequestContextHolder.currentRequestAttributes().setAttribute(ATTRIBUTE, wrong, SCOPE_REQUEST);
        return wrong;
    }

    /** What was wrong with the body of the present request so far. */
    static List<FieldProblem> noted() {
        return RequestContextHolder.currentRequestAttributes().getAttribute(ATTRIBUTE, SCOPE_REQUEST)
                        instanceof WrongFields wrong
                ? List.copyOf(wrong.problems)
                : List.of();
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            Object beanOrClass,
            String name) {
        problems.add(new FieldProblem(path(context, name), "is not known here; known are " + known(deserializer)));
        parser.skipChildren();
        return true;
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String message) {
        return noted(context, type);
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, String message) {
        return noted(context, type);
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String message) {
        var read = noted(context, type.getRawClass());
        if (read == null) {
            parser.skipChildren();
        }
        return read;
    }

    /** The whole body and a primitive cannot be left out, so reading ends there. */
    private @Nullable Object noted(DeserializationContext context, Class<?> type) {
        var path = path(context);
        if (type.isPrimitive() || path.isEmpty()) {
            return NOT_HANDLED;
        }
        problems.add(new FieldProblem(path, Expected.message(type, "must have another form")));
        return null;
    }

    private static String known(ValueDeserializer<?> deserializer) {
        Collection<Object> names = deserializer.getKnownPropertyNames();
        return names == null
                ? "none"
                : new TreeSet<>(names).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Of a record, unknown fields are told when the whole record was read: its end is where the reader is then. */
    private static String path(DeserializationContext context, String unknown) {
        var path = path(context);
        if (context.getParser().currentToken() != JsonToken.END_OBJECT) {
            return path;
        }
        return path.isEmpty() ? unknown : path + "." + unknown;
    }

    private static String path(DeserializationContext context) {
        List<String> parts = new ArrayList<>();
        var parser = context.getParser();
        var place = parser.streamReadContext();
        if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
            place = place.getParent(); // the context is already the value's own
        }
        for (TokenStreamContext at = place; at != null && !at.inRoot(); at = at.getParent()) {
            parts.addFirst(at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + at.currentName());
        }
        var path = String.join("", parts);
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
