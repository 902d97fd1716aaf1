package dev.kontor.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A well-behaved client of the simulated Allegro; tests misbehave by changing its requests. */
class AllegroClient {

    static final String MEDIA_TYPE = "application/vnd.allegro.public.v1+json";
    static final String AGENT = "Kontor/1.0.0 (+https://example.org/kontor)";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    /** Status, body and headers of an answer. */
    record Answer(int status, JsonNode body, HttpResponse<String> raw) {}

    private final String baseUrl;
    private String accessToken = "";

    AllegroClient(Sandbox sandbox) {
        this.baseUrl = sandbox.baseUrl();
    }

    /** A client that has been let in by the seller. */
    static AllegroClient connected(Sandbox sandbox) {
        var client = new AllegroClient(sandbox);
        var device = client.device();
        sandbox.allegro().confirm(device.path("user_code").asString(), 0);
        client.use(client.poll(device.path("device_code").asString()).body());
        return client;
    }

    AllegroClient use(JsonNode tokens) {
        accessToken = tokens.path("access_token").asString();
        return this;
    }

    /** Uses the tokens of another client. */
    AllegroClient takeOver(AllegroClient other) {
        accessToken = other.accessToken;
        return this;
    }

    JsonNode device() {
        return basic("/allegro/auth/oauth/device", "client_id=kontor-sandbox").body();
    }

    Answer poll(String deviceCode) {
        return basic(
                "/allegro/auth/oauth/token",
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=" + deviceCode);
    }

    Answer refresh(String refreshToken) {
        return basic("/allegro/auth/oauth/token", "grant_type=refresh_token&refresh_token=" + refreshToken);
    }

    Answer basic(String path, String form) {
        return basic(path, form, "kontor-sandbox:kontor-sandbox-secret");
    }

    Answer basic(String path, String form, String client) {
        var credentials = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + "/allegro" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + accessToken)
                .header("User-Agent", AGENT)
                .header("Accept", MEDIA_TYPE);
    }

    Answer get(String path) {
        return send(request(path));
    }

    JsonNode ok(String path) {
        var answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError(
                    path + " answered " + answer.status() + " " + answer.raw().body());
        }
        return answer.body();
    }

    Answer put(String path, String body) {
        return send(request(path).header("Content-Type", MEDIA_TYPE).PUT(BodyPublishers.ofString(body)));
    }

    Answer patch(String path, String body) {
        return send(request(path).header("Content-Type", MEDIA_TYPE).method("PATCH", BodyPublishers.ofString(body)));
    }

    Answer control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(baseUrl + "/control" + path))
                .method(method, BodyPublishers.ofString(body)));
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            return sendChecked(request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Answer sendChecked(HttpRequest.Builder request) throws IOException {
        try {
            var raw = HTTP.send(request.build(), BodyHandlers.ofString());
            var json = raw.headers().firstValue("Content-Type").orElse("").matches(".*[/+]json.*");
            return new Answer(raw.statusCode(), json ? JSON.readTree(raw.body()) : JSON.nullNode(), raw);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }

    static List<JsonNode> all(JsonNode array) {
        return array.valueStream().collect(Collectors.toList());
    }
}
