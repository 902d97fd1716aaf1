package dev.kontor.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.kontor.sandbox.allegro.TrueEvent;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

class StoryTests {

    @TempDir
    Path directory;

    private final List<Sandbox> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Sandbox::close);
    }

    private Sandbox start(String... settings) {
        var sandbox = Sandbox.start(Scenario.of(settings));
        started.add(sandbox);
        return sandbox;
    }

    private static List<TrueEvent> events(Sandbox sandbox) {
        return sandbox.allegro().events(0).toList();
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        var settings = new String[] {
            "seed=7",
            "orders=500",
            "start=2026-10-01T00:00:00Z",
            "speed=0",
            "live-orders-per-minute=30",
            "faults.lost-event=0.05",
            "faults.duplicate-event=0.05",
            "faults.late-event=0.05",
            "faults.malformed=0.05"
        };
        var one = start(settings);
        var other = start(settings);
        one.advance(Duration.ofHours(1));
        events(one);
        one.advance(Duration.ofHours(1));
        other.advance(Duration.ofHours(2));

        assertThat(one.allegro().orders()).isEqualTo(other.allegro().orders()).hasSizeGreaterThan(3000);
        assertThat(events(one)).isEqualTo(events(other)).hasSizeGreaterThan(5000);
    }

    @Test
    void anotherSeedAndAnotherSellerTellAnother() {
        var one = start("seed=7", "orders=50", "start=2026-10-01T00:00:00Z", "speed=0", "sellers=2");
        var other = start("seed=8", "orders=50", "start=2026-10-01T00:00:00Z", "speed=0");

        assertThat(one.allegro().orders())
                .doesNotContainAnyElementsOf(other.allegro().orders());
        assertThat(one.allegro().orders())
                .doesNotContainAnyElementsOf(one.allegro().orders(1, true).toList());
    }

    @Test
    void everythingIsThereAgainAfterAKill() {
        var settings =
                new String[] {"directory=" + directory, "orders=200", "speed=0", "decision=wait", "faults.malformed=0.1"
                };
        var before = start(settings);
        var client = AllegroClient.connected(before);
        var bought = before.allegro().buy(0, 5);
        before.advance(Duration.ofMinutes(10));
        before.allegro().faults(Map.of(Fault.DUPLICATE_EVENT, 0.5));
        before.allegro().buy(0, 50);
        before.allegro().fulfill(0, bought.getFirst(), "SENT");
        before.allegro().repairAll(0);
        before.advance(Duration.ofMinutes(10));
        var device = client.device();
        var orders = before.allegro().orders();
        var events = events(before);

        // Nothing is closed: the file must be whole at any moment.
        var after = start(settings);

        assertThat(after.now()).isEqualTo(before.now());
        assertThat(after.allegro().orders()).isEqualTo(orders);
        assertThat(events(after)).isEqualTo(events);
        var same = new AllegroClient(after).takeOver(client);
        assertThat(same.get("/me").status()).isEqualTo(200);
        after.allegro().confirm(device.path("user_code").asString(), 0);
        assertThat(same.poll(device.path("device_code").asString()).status()).isEqualTo(200);
        assertThat(after.faults().current()).containsEntry(Fault.DUPLICATE_EVENT, 0.5);
    }

    @Test
    void aLineCutOffByACrashNeverHappened() throws IOException {
        var settings = new String[] {"directory=" + directory, "orders=20", "speed=0", "live-orders-per-minute=0"};
        var before = start(settings);
        before.allegro().buy(0, 2);
        var orders = before.allegro().orders();
        before.close();
        Files.writeString(
                directory.resolve("story.jsonl"), "{\"deed\":\"bought\",\"at\":17", StandardOpenOption.APPEND);

        var after = start(settings);
        assertThat(after.allegro().orders()).isEqualTo(orders);
        after.allegro().buy(0, 1);
        after.close();

        assertThat(start(settings).allegro().orders()).hasSize(orders.size() + 1);
    }

    @Test
    void anotherStoryBeginsAnew() {
        start("directory=" + directory, "orders=20", "speed=0", "live-orders-per-minute=0")
                .allegro()
                .buy(0, 5);

        var other = start("directory=" + directory, "orders=30", "merges=0", "speed=0", "live-orders-per-minute=0");

        assertThat(other.allegro().orders()).hasSize(30);
        assertThat(directory.resolve("story-before.jsonl")).exists();
    }

    @Test
    void theClockRunsAndJumps() {
        var sandbox = start("orders=1", "speed=0", "start=2026-10-01T00:00:00Z");
        sandbox.advance(Duration.ofDays(3));
        assertThat(sandbox.now()).isEqualTo("2026-10-04T00:00:00Z");

        sandbox.run(1_000_000);

        org.awaitility.Awaitility.await().until(() -> sandbox.now().toString().compareTo("2026-10-05") > 0);
    }
}
