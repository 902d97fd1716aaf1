package dev.kontor.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.Kontor;
import dev.kontor.access.Scope;

import static org.awaitility.Awaitility.await;

/** Kontor on a database and a sandbox, with an administrator who has a key. */
final class KontorProcess implements AutoCloseable {

    private static final String PASSWORD = "only-for-the-benchmark";

    private final JavaProcess process;
    private final HttpCaller caller;

    private KontorProcess(JavaProcess process, HttpCaller caller) {
        this.process = process;
        this.caller = caller;
    }

    /** @param jvm options beside the limit of the heap */
    static KontorProcess start(
            String name, List<String> jvm, Database database, SandboxProcess sandbox, String... settings)
            throws IOException {
        var port = JavaProcess.freePort();
        var options = new ArrayList<>(List.of("-Xmx" + Size.HEAP));
        options.addAll(Size.JVM);
        options.addAll(jvm);
        var arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--kontor.database.url=" + database.url(),
                "--kontor.data=" + JavaProcess.DIRECTORY.resolve("data-" + database.name()),
                "--kontor.sandbox.enabled=false",
                "--kontor.administrator.password=" + PASSWORD,
                "--kontor.allegro.api-url=" + sandbox.url(),
                "--kontor.allegro.auth-url=" + sandbox.url() + "/auth/oauth",
                "--kontor.allegro.client-id=kontor-sandbox",
                "--kontor.allegro.client-secret=kontor-sandbox-secret"));
        arguments.addAll(List.of(settings));
        var process = JavaProcess.start(name + "-kontor", options, Kontor.class, arguments);
        await().atMost(Duration.ofMinutes(4)) // on a busy machine
                .ignoreExceptions()
                .until(() -> dead(process)
                        || HttpCaller.nobody(port).get("/actuator/health").status() == 200);
        var admin = logIn(port);
        var key = admin.post("/api/v1/api-keys", Map.of("name", "benchmark", "scopes", Scope.values()));
        return new KontorProcess(process, HttpCaller.nobody(port).withKey(key.text("key")));
    }

    private static boolean dead(JavaProcess process) {
        if (!process.alive()) {
            throw new AssertionError("Kontor did not start; see " + process.name() + ".log");
        }
        return false;
    }

    HttpCaller caller() {
        return caller;
    }

    /** The administrator, in a session of his own. */
    HttpCaller logIn() {
        return logIn(caller.port());
    }

    private static HttpCaller logIn(int port) {
        return HttpCaller.nobody(port).login("administrator", PASSWORD);
    }

    JavaProcess process() {
        return process;
    }

    /** Connects the sandbox's seller; the backfill begins when he has confirmed. */
    String connect() {
        var wish = Map.of("name", "Benchmark", "marketplace", "allegro", "ownerId", UUID.randomUUID());
        var account = caller.post("/api/v1/accounts", wish).text("id");
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        caller.get("/api/v1/accounts/" + account).text("state").equals("ACTIVE"));
        return account;
    }

    /** Ends with the last of its jobs. */
    void pause(String account, Database database) {
        caller.post("/api/v1/accounts/" + account + "/pause", Map.of());
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        database.number("select count(*) from scheduled_tasks where picked and task_instance like '%"
                                        + account + "%'")
                                == 0);
    }

    void resume(String account) {
        caller.post("/api/v1/accounts/" + account + "/resume", Map.of());
    }

    JsonNode backfill(String account) {
        return caller.get("/api/v1/accounts/" + account + "/backfill").json();
    }

    /** How long the backfill took from its beginning to its end. */
    Duration backfilled(String account, Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> backfill(account).path("state").asString().equals("DONE"));
        var done = backfill(account);
        return Duration.between(
                Instant.parse(done.path("startedAt").asString()),
                Instant.parse(done.path("finishedAt").asString()));
    }

    @Override
    public void close() {
        process.close();
    }
}
