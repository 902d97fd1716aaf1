package dev.kontor.sandbox;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
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
        var started = open();
        sandbox = started;
        log.info(
                "A simulated Allegro with {} past orders and {} new ones a minute runs at {}/allegro, a Wix site with {} and {} at"
                        + " {}/wix, an Amazon with {} and {} at {}/amazon; control them at {}/control",
                scenario.orders(),
                scenario.liveOrdersPerMinute(),
                started.baseUrl(),
                scenario.wix().orders(),
                scenario.wix().liveOrdersPerMinute(),
                started.baseUrl(),
                scenario.amazon().orders(),
                scenario.amazon().liveOrdersPerMinute(),
                started.baseUrl(),
                started.baseUrl());
    }

    private Sandbox open() {
        try {
            return Sandbox.start(scenario, directory);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof BindException) {
                throw new InvalidConfigurationPropertyValueException(
                        "kontor.sandbox.port",
                        scenario.port(),
                        "KONTOR_SANDBOX_PORT: another program listens on port " + scenario.port()
                                + "; stop it or choose another port.");
            }
            throw e;
        }
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
