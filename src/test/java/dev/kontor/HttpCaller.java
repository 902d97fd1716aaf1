package dev.kontor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks HTTP to a Kontor on this machine, as whoever its headers prove. */
public record HttpCaller(int port, Map<String, String> headers) {

    /** So that a test fails that would wait for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    public record Answer(int status, HttpHeaders headers, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String text(String field) {
            return json().path(field).asString();
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    public static HttpCaller nobody(int port) {
        return new HttpCaller(port, Map.of());
    }

    public HttpCaller with(String header, String value) {
        var changed = new HashMap<>(headers);
        changed.put(header, value);
        return new HttpCaller(port, changed);
    }

    public HttpCaller withToken(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    public HttpCaller withKey(String key) {
        return with("X-API-Key", key);
    }

    /** Logged in with name and password. */
    public HttpCaller login(String name, String password) {
        var answer = tryLogin(name, password);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return withToken(answer.text("accessToken"));
    }

    public Answer tryLogin(String name, String password) {
        return nobody(port).post("/api/v1/auth/login", Map.of("username", name, "password", password));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body instanceof String text ? text : JSON.writeValueAsString(body));
    }

    public Answer send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
