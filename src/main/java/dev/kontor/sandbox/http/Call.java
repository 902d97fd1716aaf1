package dev.kontor.sandbox.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/** One request, read completely. The path is as it was sent; its parameters are filled in, decoded, by the route. */
public record Call(
        String method,
        String path,
        String rawQuery,
        Headers headers,
        byte[] body,
        InetAddress from,
        Map<String, String> pathParameters) {

    static Call of(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        return new Call(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes(),
                exchange.getRemoteAddress().getAddress(),
                Map.of());
    }

    Call with(Map<String, String> parameters) {
        return new Call(method, path, rawQuery, headers, body, from, parameters);
    }

    public @Nullable String header(String name) {
        return headers.getFirst(name);
    }

    public String pathParameter(String name) {
        var value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no parameter " + name);
        }
        return value;
    }

    public Map<String, List<String>> query() {
        return decoded(rawQuery);
    }

    public Map<String, List<String>> form() {
        return decoded(new String(body, StandardCharsets.UTF_8));
    }

    public static @Nullable String first(Map<String, List<String>> values, String name) {
        var all = values.get(name);
        return all == null ? null : all.getFirst();
    }

    private static Map<String, List<String>> decoded(String text) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : text.split("&")) {
            if (!pair.isEmpty()) {
                var cut = pair.indexOf('=');
                var name = cut < 0 ? pair : pair.substring(0, cut);
                var value = cut < 0 ? "" : pair.substring(cut + 1);
                values.computeIfAbsent(plain(name), it -> new ArrayList<>(1)).add(plain(value));
            }
        }
        return values;
    }

    private static String plain(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
