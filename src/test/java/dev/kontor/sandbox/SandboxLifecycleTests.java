package dev.kontor.sandbox;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

class SandboxLifecycleTests {

    @TempDir
    Path data;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Scenario.class)
    @Import(SandboxLifecycle.class)
    static class Wiring {}

    private ApplicationContextRunner kontor(String... settings) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Wiring.class)
                .withPropertyValues("kontor.data=" + data)
                .withPropertyValues(settings);
    }

    @Test
    void runsInKontorsProcessAndRemembersItsStory() {
        var settings = new String[] {
            "kontor.sandbox.enabled=true",
            "kontor.sandbox.port=0",
            "kontor.sandbox.orders=20",
            "kontor.sandbox.live-orders-per-minute=0",
            "kontor.sandbox.speed=0"
        };
        kontor(settings).run(context -> {
            var sandbox = context.getBean(SandboxLifecycle.class).sandbox().orElseThrow();
            sandbox.allegro().buy(0, 3);
            assertThat(AllegroClient.connected(sandbox).get("/me").status()).isEqualTo(200);
            assertThat(sandbox.scenario().seed()).isEqualTo(42);
        });

        assertThat(data.resolve("sandbox/story.jsonl")).exists();
        kontor(settings).run(context -> {
            var sandbox = context.getBean(SandboxLifecycle.class).sandbox().orElseThrow();
            assertThat(sandbox.allegro().orders(0, false).count()).isGreaterThan(20);
        });
    }

    @Test
    void staysAwayUnlessAsked() {
        kontor().run(context -> assertThat(context).doesNotHaveBean(SandboxLifecycle.class));
    }
}
