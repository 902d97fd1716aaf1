package dev.kontor.sandbox.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

/** One answer: status, headers, body; a body too large for memory is written piece by piece. */
public record Reply(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable Body streamed) {

    /** Writes itself. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream target) throws IOException;
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0], null);
    }

    public static Reply of(int status, String mediaType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", mediaType), body, null);
    }

    public static Reply of(int status, String mediaType, String body) {
        return of(status, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply streamed(int status, String mediaType, Body body) {
        return new Reply(status, Map.of("Content-Type", mediaType), new byte[0], body);
    }

    public static Reply json(int status, Object body) {
        return of(status, "application/json;charset=UTF-8", JSON.writeValueAsBytes(body));
    }

    public Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, streamed);
    }
}
