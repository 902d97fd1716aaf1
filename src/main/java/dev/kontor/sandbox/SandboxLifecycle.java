package dev.kontor.sandbox;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs a sandbox in Kontor's process: there before anything may ask it, gone after everything else. */
@Component
@ConditionalOnBooleanProperty("kontor.sandbox.enabled")
class SandboxLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SandboxLifecycle.class);

    private final Scenario scenario;
    private final Path directory;
    private @Nullable Sandbox sandbox;

    SandboxLifecycle(Scenario scenario, @Value("${kontor.data}") Path data) {
        this.scenario = scenario;
        this.directory = data.resolve("sandbox");
    }

    @Override
    public void start() {
        var started = Sandbox.start(scenario, directory);
        sandbox = started;
        log.info(
                "A simulated Allegro with {} past orders and {} new ones a minute runs at {}/allegro; control it at {}/control",
                scenario.orders(),
                scenario.liveOrdersPerMinute(),
                started.baseUrl(),
                started.baseUrl());
    }

    @Override
    public void stop() {
        if (sandbox != null) {
            sandbox.close();
            sandbox = null;
        }
    }

    Optional<Sandbox> sandbox() {
        return Optional.ofNullable(sandbox);
    }

    @Override
    public boolean isRunning() {
        return sandbox != null;
    }

    @Override
    public int getPhase() {
        return -1_000;
    }
}
