package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.orders.feed.FeedSync;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** However Telegram fares, orders come in as fast as ever: measured while alerts are raised all the time. */
class NobodyWaitsTests extends TelegramFixture {

    private static final int ROUNDS = 25;
    private static final int WARM_UP = 5;

    private enum Manner {
        ANSWERS,
        AFTER_HALF_A_MINUTE,
        NEVER,
        AWAY,
        TOO_MUCH
    }

    @Autowired
    FeedSync feed;

    @Autowired
    Raising raising;

    @AfterEach
    void telegramIsWell() {
        telegram.slow(Duration.ZERO);
        telegram.noFloods();
    }

    /** What is still to be told would come to whoever is paired next. */
    @AfterEach
    void theRestIsNotTold() {
        await().untilAsserted(() -> {
            var unheard = unheardEvents();
            jdbc.sql("delete from notifications.telegram_news where handled_at is null")
                    .update();
            assertThat(unheard).isEmpty();
        });
    }

    @Test
    @Tag("speed")
    void ordersComeInAsFastHoweverTelegramFares() {
        manager();
        var shop = new FakeMarketplace();
        var account = shops.open(shop);
        var took = new EnumMap<Manner, List<Double>>(Manner.class);
        for (int round = 0; round < ROUNDS + WARM_UP; round++) {
            for (var manner : Manner.values()) { // in turn, so that whatever else happens on the machine happens to all
                behave(manner);
                raise();
                for (int order = 0; order < 3; order++) {
                    shop.place(FakeOrder.anOrder(UUID.randomUUID().toString(), Instant.now()));
                }
                var before = System.nanoTime();
                feed.run(account, new Run());
                raise();
                if (round >= WARM_UP) {
                    took.computeIfAbsent(manner, _ -> new ArrayList<>()).add((System.nanoTime() - before) / 1e6);
                }
            }
        }
        var well = percentile(took.get(Manner.ANSWERS), 50);
        took.forEach((manner, all) -> System.out.printf(
                "Orders in while Telegram %s: p50 %.1f ms, p99 %.1f ms%n",
                manner, percentile(all, 50), percentile(all, 99)));
        assertThat(took).allSatisfy((manner, all) -> {
            assertThat(percentile(all, 50)).as("p50, Telegram " + manner).isLessThan(2 * well + 20);
            assertThat(percentile(all, 99)).as("p99, Telegram " + manner).isLessThan(2_000);
        });
        assertThat(jdbc.sql("select count(*) from notifications.telegram_outbox where state = 'WAITING'")
                        .query(Long.class)
                        .single())
                .as("something was to be said all the while")
                .isPositive();
    }

    private static void behave(Manner manner) {
        telegram.mute(manner == Manner.NEVER);
        telegram.down(manner == Manner.AWAY);
        telegram.slow(manner == Manner.AFTER_HALF_A_MINUTE ? Duration.ofSeconds(30) : Duration.ZERO);
        telegram.noFloods();
        if (manner == Manner.TOO_MUCH) {
            telegram.floods(30, 1_000);
        }
    }

    /** Another cause each time, of an origin of its own, so that each is a message. */
    private void raise() {
        var facts = Facts.none().with(Fact.LOOP, "feed").with(Fact.IN_A_ROW, 3);
        raising.raise(
                new Cause(AlertKind.SYNC_FAILING, Subject.of(new AccountId(UUID.randomUUID())), "feed"),
                Sighting.of(UUID.randomUUID(), facts, Instant.now()).as(Severity.CRITICAL));
    }

    private static double percentile(List<Double> all, int percent) {
        var sorted = all.stream().sorted().toList();
        return sorted.get((int) Math.max(0, Math.ceil(percent / 100.0 * sorted.size()) - 1));
    }
}
