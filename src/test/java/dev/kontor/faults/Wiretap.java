package dev.kontor.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands between Kontor and the sandbox, and takes note of secrets, and of calls for events that overlap. */
final class Wiretap implements AutoCloseable {

    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "host", "upgrade", "http2-settings", "transfer-encoding");
    private static final Pattern TOKEN = Pattern.compile("\"(?:access|refresh)_token\"\\s*:\\s*\"([^\"]+)\"");

    private final String target;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger asking = new AtomicInteger();

    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    /** When each came that the marketplace counts, by {@link System#nanoTime}. */
    final Queue<Long> calls = new ConcurrentLinkedQueue<>();

    final AtomicInteger eventCalls = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();

    Wiretap(String target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    boolean isAskedForEvents() {
        return asking.get() > 0;
    }

    private void pass(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().startsWith("/allegro/order")) {
            calls.add(System.nanoTime());
        }
        var forEvents = exchange.getRequestURI().getPath().endsWith("/order/events");
        if (forEvents) {
            eventCalls.incrementAndGet();
            mostAtOnce.accumulateAndGet(asking.incrementAndGet(), Math::max);
        }
        try (exchange) {
            forward(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (forEvents) {
                asking.decrementAndGet();
            }
        }
    }

    private void forward(HttpExchange exchange) throws IOException, InterruptedException {
        var body =
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
        var request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), body);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var answer = client.send(request.build(), BodyHandlers.ofByteArray());
        var found = TOKEN.matcher(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        while (found.find()) {
            tokens.add(found.group(1));
        }
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
