package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.SettableClock;
import dev.kontor.access.Persons;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.digest.DayReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the bot says by itself: the digest, and the message on top. */
class DailyTests extends TelegramFixture {

    @Autowired
    Chats chats;

    @Autowired
    Persons persons;

    @Autowired
    DayReport report;

    @Autowired
    Alerts alerts;

    @Autowired
    Bundles bundles;

    @Autowired
    Cards cards;

    @Autowired
    Outbox outbox;

    @Autowired
    Buttons buttons;

    @Autowired
    StatusMessages status;

    private void look(SettableClock clock) {
        var digest = new Digest(chats, persons, report, alerts, bundles, cards, outbox, buttons, clock);
        transaction.executeWithoutResult(_ -> digest.look());
    }

    @Test
    void theDigestComesOnceAtThePersonsHour() {
        sold(
                FakeOrder.anOrder(UUID.randomUUID().toString(), Instant.parse("2037-03-01T21:30:00Z")),
                FakeOrder.anOrder(UUID.randomUUID().toString(), Instant.parse("2037-03-01T23:30:00Z"))
                        .withStatus(OrderStatus.CANCELLED.name()));
        jdbc.sql("update notifications.telegram_chats set digest_at = null").update();
        var anna = manager();
        anna.says("/settings zone Europe/Moscow");
        assertThat(anna.hears()).contains("Time zone: Europe/Moscow", "Digest at: 8:00");
        anna.says("/settings digest 7:30");
        assertThat(anna.hears()).contains("Digest at: 7:30");

        var clock = new SettableClock(Instant.parse("2037-03-03T04:29:59Z"));
        look(clock);
        clock.advance(Duration.ofSeconds(1));
        look(clock);
        look(clock);
        assertThat(anna.hears()).startsWith("☀️ Mar 2, 2037\nOrders: 2").contains("proven whole", "verified");
        clock.advance(Duration.ofHours(23));
        look(clock);
        clock.advance(Duration.ofHours(1));
        look(clock);
        assertThat(anna.hears()).startsWith("☀️ Mar 3, 2037\nOrders: 0");
        assertThat(anna.unheard()).isEmpty();
        clock.advance(Duration.ofHours(24 + 6));
        look(clock);
        anna.says("/help");
        assertThat(anna.hears()).as("in the evening nobody wants it").startsWith("What you can ask for");
    }

    @Test
    void theMessageOnTopIsPinnedAndChangedInPlace() {
        var anna = manager();
        status.look();
        assertThat(anna.hears()).startsWith("📌 Kontor");
        await().until(() -> anna.messages().getLast().pinned);
        status.look();
        jdbc.sql("update notifications.telegram_chats set status_text = 'something else'")
                .update();
        status.look();
        anna.says("/help");
        assertThat(anna.hears()).startsWith("What you can ask for");
    }

    @Test
    void theMessageOnTopIsOneHoweverManyAccountsThereAre() {
        jdbc.sql("""
                        insert into accounts.accounts (id, name, marketplace, owner_id, state, created_at, changed_at, version)
                        select gen_random_uuid(), repeat('A very long name of a shop ', 3) || number, 'fake', gen_random_uuid(),
                          'ACTIVE', now(), now(), 1 from generate_series(1, 60) as number""").update();
        try {
            var anna = manager();
            status.look();
            assertThat(anna.hears()).startsWith("📌 Kontor").containsPattern("\nand [0-9]+ more\n.+$");
            jdbc.sql("update notifications.telegram_chats set status_text = 'something else'")
                    .update();
            anna.says("/settings language ru");
            anna.hears();
            status.look();
            assertThat(anna.reads()).startsWith("📌 Kontor").containsPattern("\nи ещё [0-9]+\n.+$");
            assertThat(anna.unheard()).isEmpty();
        } finally {
            jdbc.sql("delete from accounts.accounts where name like 'A very long name%'")
                    .update();
        }
    }

    @Test
    void thresholdsAreShownToAllAndChangedByWhoMay() {
        var anna = manager();
        anna.says("/settings");
        anna.hears();
        anna.presses("When to alert");
        assertThat(anna.reads()).contains("runs that fail in a row: 3", "a limit lets a loop wait: 30m");
        anna.presses("runs that fail in a row");
        assertThat(anna.reads()).contains("runs that fail in a row: 3, usually 3", "/settings rules.failed-runs 3");
        anna.presses("4");
        assertThat(anna.reads()).contains("runs that fail in a row: 4, usually 3");
        anna.presses("As usual");
        assertThat(anna.reads()).contains("runs that fail in a row: 3, usually 3");
        anna.says("/settings held 45m");
        assertThat(anna.hears()).contains("a limit lets a loop wait: 45m");
        anna.says("/settings held soon");
        assertThat(anna.hears()).contains("must be a time");
        anna.says("/settings alerts.damping 2h");
        assertThat(anna.hears()).contains("set by an administrator");
        anna.says("/settings held off");
        assertThat(anna.hears()).contains("a limit lets a loop wait: 30m");

        var boris = paired(someone("VIEWER"), "en");
        boris.says("/settings held 45m");
        assertThat(boris.hears()).contains("role manager");
        boris.says("/settings failed-runs");
        assertThat(boris.hears()).contains("runs that fail in a row: 3");
        boris.presses("4");
        assertThat(boris.notices()).isEqualTo("For this one needs the role manager.");
        assertThat(jdbc.sql("select count(*) from audit.entries where entries::text like '%alert-settings.changed%'")
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void settingsAreShownAndChangedByButtons() {
        var anna = manager();
        anna.says("/settings");
        assertThat(anna.hears()).contains("Language: English", "Alerts from: warning", "Quiet hours: off");
        anna.presses("From critical");
        assertThat(anna.reads()).contains("Alerts from: critical");
        anna.presses("Quiet 22–7");
        assertThat(anna.reads()).contains("Quiet hours: 22:00–7:00");
        anna.presses("No digest");
        assertThat(anna.reads()).contains("Digest at: off");
        anna.presses("Kinds of alerts");
        assertThat(anna.reads()).startsWith("Kinds of alerts");
        anna.presses("🔔 oversell");
        assertThat(anna.reads()).startsWith("Kinds of alerts");
        anna.presses("« Back");
        assertThat(anna.reads()).contains("kinds left out: 1");
        anna.presses("Русский");
        assertThat(anna.reads()).startsWith("Что слышит этот чат");
        anna.says("/alerts");
        assertThat(anna.hears()).matches("(?s)(✅ Всё в порядке|Что не в порядке).*");
        for (var nonsense : new String[] {
            "zone Mars/Olympus",
            "quiet 25:00-7:00",
            "quiet 22:00",
            "digest noon",
            "least",
            "mute everything",
            "x y",
            "language de"
        }) {
            anna.says("/settings " + nonsense);
            assertThat(anna.hears()).as(nonsense).startsWith("Я не понял.");
        }
    }
}
