package dev.kontor.notifications.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Another system, over HTTP, which takes what it is sent, or does not, as the test says. */
public final class Receiver implements AutoCloseable {

    /** What came, and how it was answered. */
    public record Received(Map<String, List<String>> headers, String body, int answer) {

        public String id() {
            return headers.get("Webhook-id").getFirst();
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String type() {
            return json().path("type").asString();
        }

        List<String> signatures() {
            return Arrays.asList(headers.get("Webhook-signature").getFirst().split(" "));
        }

        /** As somebody else's implementation signs it. */
        String signedWith(String secret) {
            try {
                var at = Long.parseLong(headers.get("Webhook-timestamp").getFirst());
                return new Webhook(secret).sign(id(), at, body);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Received> answer = _ -> 204;
    private volatile Map<String, String> answerHeaders = Map.of();

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = Map.copyOf(exchange.getRequestHeaders());
        int status = answer.applyAsInt(new Received(headers, body, 0));
        received.add(new Received(headers, body, status));
        answerHeaders.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    void answer(int status) {
        answer = _ -> status;
    }

    void answer(ToIntFunction<Received> decided) {
        answer = decided;
    }

    void answerHeaders(Map<String, String> headers) {
        answerHeaders = headers;
    }

    public List<Received> all() {
        return List.copyOf(received);
    }

    public List<Received> taken() {
        return received.stream().filter(it -> it.answer() / 100 == 2).toList();
    }

    /** The numbers that the plans of a test have, as they were taken, for one plan. */
    List<Integer> listings(Object plan) {
        return taken().stream()
                .map(Received::json)
                .filter(it -> it.at("/data/plan").asString().equals(plan.toString()))
                .map(it -> it.at("/data/listings").asInt())
                .toList();
    }

    void isSigned(String secret) {
        assertThat(received)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.signatures()).contains(it.signedWith(secret)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
