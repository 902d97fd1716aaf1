package dev.kontor.marketplaces.exchange;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Leaves of a request and an answer what is known to be harmless. */
final class Masking {

    private static final String MASK = "***";
    private static final int LONGEST_HARMLESS = 200;

    private Masking() {}

    static String path(@Nullable URI uri, Harmless harmless) {
        if (uri == null) {
            return "";
        }
        if (uri.getRawQuery() == null) {
            return uri.getRawPath();
        }
        return uri.getRawPath()
                + Stream.of(uri.getRawQuery().split("&"))
                        .map(parameter -> parameter(parameter, harmless))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String parameter(String parameter, Harmless harmless) {
        var name = parameter.split("=", 2)[0];
        return harmless.parameters().contains(name) ? parameter : name + "=" + MASK;
    }

    /** What is not JSON is only described: a gateway's page may quote the request. */
    static @Nullable String body(Attempt attempt, int length) {
        if (attempt.body().length == 0) {
            return null;
        }
        try {
            var masked = Json.write(masked(Json.read(attempt.body()), "", attempt.harmless()));
            return masked.length() > length ? masked.substring(0, length) + "…" : masked;
        } catch (JacksonException e) {
            return "<" + attempt.body().length + " bytes of " + type(attempt) + ">";
        }
    }

    private static String type(Attempt attempt) {
        try {
            var type = attempt.headers().getContentType();
            return type == null ? "no declared type" : type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException e) {
            return MediaType.ALL_VALUE;
        }
    }

    private static JsonNode masked(JsonNode node, String path, Harmless harmless) {
        switch (node) {
            case ObjectNode object ->
                object.properties()
                        .forEach(property -> property.setValue(masked(
                                property.getValue(),
                                path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                                harmless)));
            case ArrayNode array -> {
                for (int index = 0; index < array.size(); index++) {
                    array.set(index, masked(array.get(index), path + "[]", harmless));
                }
            }
            default -> {
                return node.isNull() || isHarmless(node, path, harmless) ? node : StringNode.valueOf(MASK);
            }
        }
        return node;
    }

    private static boolean isHarmless(JsonNode leaf, String path, Harmless harmless) {
        return harmless.fields().contains(path) && leaf.asString("").length() <= LONGEST_HARMLESS;
    }
}
