package dev.kontor.marketplaces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Answers over HTTP whatever a test has written down for a path, and remembers what it was asked. */
public final class HttpStub implements AutoCloseable {

    /** @param missing how many bytes of the announced body never arrive; a negative status never answers at all */
    public record Canned(int status, Map<String, String> headers, String body, int missing) {}

    /** @param parameters of the query and of the form */
    public record Asked(
            String method, String path, Map<String, String> parameters, Map<String, List<String>> headers) {}

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Deque<Canned>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    public HttpStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Answers to a path queue up; the last one stays. */
    public HttpStub on(String path, int status, String body, Map<String, String> headers) {
        answers.computeIfAbsent(path, ignored -> new ConcurrentLinkedDeque<>())
                .add(new Canned(status, headers, body, 0));
        return this;
    }

    /** The answer's last bytes get lost, and the connection with them. */
    public HttpStub cut(String path, int status, String body, int missing) {
        answers.computeIfAbsent(path, ignored -> new ConcurrentLinkedDeque<>())
                .add(new Canned(status, Map.of(), body, missing));
        return this;
    }

    /** The request is taken, and nothing more. */
    public HttpStub silent(String path) {
        answers.computeIfAbsent(path, ignored -> new ConcurrentLinkedDeque<>()).add(new Canned(-1, Map.of(), "", 0));
        return this;
    }

    public HttpStub on(String path, int status, String body) {
        return on(path, status, body, Map.of());
    }

    public HttpStub reset() {
        answers.clear();
        asked.clear();
        bodies.clear();
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    /** What was sent with each request. */
    public List<String> bodies() {
        return bodies;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var parameters = new TreeMap<>(parse(Objects.requireNonNullElse(uri.getRawQuery(), "")));
            parameters.putAll(parse(form));
            bodies.add(form);
            asked.add(new Asked(
                    exchange.getRequestMethod(), uri.getPath(), parameters, Map.copyOf(exchange.getRequestHeaders())));
            var queue = answers.getOrDefault(uri.getPath(), new ArrayDeque<>());
            var canned = queue.size() > 1 ? queue.poll() : queue.peek();
            var answer = canned == null ? new Canned(404, Map.of(), "{\"errors\":[]}", 0) : canned;
            if (answer.status() < 0) {
                closed.await();
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body, 0, body.length - answer.missing());
            exchange.getResponseBody().flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> parse(String encoded) {
        var parameters = new TreeMap<String, String>();
        for (var pair : encoded.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
