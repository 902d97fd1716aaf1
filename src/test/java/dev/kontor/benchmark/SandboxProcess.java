package dev.kontor.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.sandbox.Sandbox;

import static org.awaitility.Awaitility.await;

/** The sandbox, whose seller confirms at once. */
record SandboxProcess(JavaProcess process, int port) implements AutoCloseable {

    static SandboxProcess start(String name, String... settings) throws IOException {
        var port = JavaProcess.freePort();
        var arguments = new ArrayList<>(List.of(
                "--port=" + port,
                "--merges=0",
                "--live-orders-per-minute=0",
                "--list-delay=0s",
                "--confirm-after=0s",
                "--poll-interval=1s"));
        arguments.addAll(List.of(settings));
        var process = JavaProcess.start(name + "-sandbox", List.of("-Xmx1g"), Sandbox.class, arguments);
        var sandbox = new SandboxProcess(process, port);
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> sandbox.counters() != null);
        return sandbox;
    }

    /** A past of as many buyers and offers as would really place so many orders. */
    static SandboxProcess withPast(String name, int orders, String... settings) throws IOException {
        var all = new ArrayList<>(List.of(
                "--orders=" + orders,
                "--buyers=" + Math.max(900, orders * 6 / 10),
                "--catalog=" + Math.max(400, orders / 50)));
        all.addAll(List.of(settings));
        return start(name, all.toArray(String[]::new));
    }

    String url() {
        return url("allegro");
    }

    String url(String marketplace) {
        return "http://localhost:" + port + "/" + marketplace;
    }

    JsonNode counters() {
        return control().get("/control/counters").json();
    }

    List<String> buy(int count) {
        var bought = control().post("/control/allegro/buy", Map.of("count", count));
        return bought.json().path("ids").valueStream().map(JsonNode::asString).toList();
    }

    HttpCaller control() {
        return HttpCaller.nobody(port);
    }

    @Override
    public void close() {
        process.close();
    }
}
