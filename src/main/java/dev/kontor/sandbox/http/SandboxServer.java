package dev.kontor.sandbox.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.kontor.sandbox.http.Site.Delivery;

/** The JDK's HTTP server with a virtual thread for every request: it lets a connection break where we want it. */
public final class SandboxServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SandboxServer.class);

    static {
        // The server reads these once. Without them small answers wait for Nagle, and idle connections die under
        // clients.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Counters counters;

    /** Binds the port first, so that sites may know their address, then serves. */
    public SandboxServer(String address, int port, Counters counters, Function<Integer, List<Site>> sites) {
        this.counters = counters;
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot listen on port " + port + ".", e);
        }
        server.setExecutor(threads);
        sites.apply(port()).forEach(site -> server.createContext(site.prefix(), exchange -> serve(site, exchange)));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(Site site, HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = Call.of(exchange);
            Site.Outcome outcome;
            try {
                outcome = site.answer(call);
            } catch (InterruptedException e) {
                return; // the sandbox closes while a request is kept waiting
            } catch (Exception e) {
                log.error("The sandbox failed at {} {}", call.method(), call.path(), e);
                outcome = new Site.Outcome(
                        call.path(),
                        Reply.of(500, "text/plain", "The sandbox has a defect; see its log."),
                        Delivery.WHOLE);
            }
            var lost = outcome.delivery() == Delivery.LOST;
            counters.count(
                    call.method(), outcome.pattern(), lost ? 0 : outcome.reply().status());
            if (!lost) {
                send(exchange, outcome.reply(), outcome.delivery() == Delivery.TRUNCATED);
            }
        }
    }

    private static void send(HttpExchange exchange, Reply reply, boolean truncated) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        var streamed = reply.streamed();
        if (streamed != null) {
            exchange.sendResponseHeaders(reply.status(), 0);
            try (var target = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
                streamed.writeTo(target);
            }
            return;
        }
        var body = reply.body();
        if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        var length = truncated ? body.length / 2 : body.length;
        exchange.getResponseBody().write(body, 0, length);
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
