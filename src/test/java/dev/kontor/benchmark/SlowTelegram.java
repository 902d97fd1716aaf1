package dev.kontor.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A Bot API that knows nothing but how to let others wait. */
final class SlowTelegram implements AutoCloseable {

    static final String TOKEN = "4713:a-token-for-the-benchmark";

    enum Manner {
        ANSWERS,
        AFTER_30_SECONDS,
        NEVER,
        TOO_MUCH
    }

    private final Manner manner;
    private final HttpServer server;
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicLong asked = new AtomicLong();

    SlowTelegram(Manner manner) throws IOException {
        this.manner = manner;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var method = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        asked.incrementAndGet();
        try {
            switch (manner) {
                case ANSWERS, TOO_MUCH -> {}
                case AFTER_30_SECONDS -> end.await(30, TimeUnit.SECONDS);
                case NEVER -> end.await();
            }
            if (method.endsWith("/getupdates") || method.endsWith("/GetUpdates") || method.endsWith("/getUpdates")) {
                end.await(5, TimeUnit.SECONDS);
                say(exchange, 200, "{\"ok\":true,\"result\":[]}");
            } else if (manner == Manner.TOO_MUCH) {
                say(
                        exchange,
                        429,
                        "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 30\","
                                + "\"parameters\":{\"retry_after\":30}}");
            } else {
                say(
                        exchange,
                        200,
                        "{\"ok\":true,\"result\":{\"message_id\":" + asked.get()
                                + ",\"date\":1,\"chat\":{\"id\":1,\"type\":\"private\"}}}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
