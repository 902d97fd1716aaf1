package dev.kontor.notifications.telegram;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Alerts are raised, and everybody whom a test does not name wishes to hear of nothing. */
abstract class BundleFixture extends TelegramFixture {

    @Autowired
    Raising raising;

    @Autowired
    Alerts alerts;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeEach
    void forEverybodyElseItIsQuiet() {
        jdbc.sql("update notifications.telegram_chats set muted = ?, digest_at = null")
                .param(Arrays.stream(AlertKind.values()).map(AlertKind::name).toArray(String[]::new))
                .update();
    }

    Cause oversell() {
        var item = item(aSku(), "Mug", 0);
        return new Cause(AlertKind.OVERSELL, Subject.of(Subject.Type.ITEM, item.id()));
    }

    static Cause failing(AccountId account, String loop) {
        return new Cause(AlertKind.SYNC_FAILING, Subject.of(account), loop);
    }

    void raise(Cause cause, Severity severity) {
        var facts = Facts.none()
                .with(Fact.UNITS, 2)
                .with(Fact.LOOP, cause.part() == null ? "feed" : cause.part())
                .with(Fact.IN_A_ROW, 3);
        raising.raise(
                cause, Sighting.of(UUID.randomUUID(), facts, Instant.now()).as(severity));
    }

    String sku(Cause cause) {
        return jdbc.sql("select sku from inventory.items where id = ?::uuid")
                .param(cause.subject().id())
                .query(String.class)
                .single();
    }

    Alert alert(Cause cause) {
        return alerts.list(new Alerts.Filter(null, cause.kind(), null, null), null, 100).stream()
                .filter(alert -> alert.subject().id().equals(cause.subject().id()))
                .filter(alert -> cause.part() == null || alert.facts().byKey().containsValue(cause.part()))
                .findFirst()
                .orElseThrow();
    }

    void tell(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
    }

    void theNewsIsTold() {
        await().untilAsserted(() -> {
            assertThat(unheardEvents()).isEmpty();
            assertThat(count("handled_at is null")).isZero();
        });
    }

    int count(String news) {
        return jdbc.sql("select count(*) from notifications.telegram_news where " + news)
                .query(Integer.class)
                .single();
    }

    List<Object> states(Phone phone) {
        return outbox(phone).stream()
                .filter(it -> it.get("key").toString().startsWith("alert/"))
                .map(it -> it.get("state"))
                .toList();
    }

    /** What it will be called for. */
    List<String> waiting(Phone phone) {
        return outbox(phone).stream()
                .filter(it ->
                        it.get("kind").equals("Message") && it.get("state").equals("WAITING"))
                .filter(it -> it.get("claimed_until") == null)
                .map(it -> it.get("content").toString())
                .toList();
    }
}
