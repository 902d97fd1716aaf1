package dev.kontor.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.texts.AlertTexts;
import dev.kontor.orders.RunningLoops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the other modules truly tell, where all of Kontor runs. */
@InventoryTest
class RunningKontorTests {

    @Autowired
    SchedulerClient scheduler;

    @Autowired
    Raising raising;

    @Autowired
    Alerts alerts;

    @Autowired
    RunningLoops loops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    AlertTexts texts;

    private Alert about(ItemId item) {
        var found = new ArrayList<Alert>();
        alerts.forEach(new Alerts.Filter(null, AlertKind.OVERSELL, null, null), found::add);
        found.removeIf(alert -> !alert.subject().id().equals(item.toString()));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void anItemThatIsOversoldIsAnAlertUntilGoodsComeIn() {
        var mug = stockroom.anItemWith(1);
        stockroom.post(UUID.randomUUID().toString(), mug, MovementKind.RESERVATION, new Change.By(0, 3));
        await().untilAsserted(() -> assertThat(about(mug.id()).state()).isEqualTo(State.OPEN));
        assertThat(texts.in(Locale.ENGLISH).title(about(mug.id()))).isEqualTo(mug.sku() + " is oversold");
        assertThat(about(mug.id()).facts().byKey()).isEqualTo(Map.of("units", 2L));

        stockroom.receive(mug, 2);
        await().untilAsserted(() -> assertThat(about(mug.id()).state()).isEqualTo(State.RESOLVED));
    }

    private State state(AlertKind kind) {
        return alerts.list(new Alerts.Filter(null, kind, null, null), null, 1).stream()
                .map(Alert::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDailyVerificationOfTheAuditLogSaysThatItHolds() {
        raising.raise(
                new Cause(AlertKind.AUDIT_BROKEN, Subject.KONTOR),
                Sighting.of(UUID.randomUUID(), Facts.none(), Instant.now()));
        assertThat(state(AlertKind.AUDIT_BROKEN)).isEqualTo(State.OPEN);

        await().ignoreExceptions() // it may be running
                .until(() -> scheduler.reschedule(TaskInstanceId.of("audit-head", "recurring"), Instant.now()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(state(AlertKind.AUDIT_BROKEN)).isEqualTo(State.RESOLVED));
    }

    @Test
    void theLoopsThatLeaveARunEachTimeAreKnown() {
        var account = new AccountView(
                new AccountId(UUID.randomUUID()), "Shop", new MarketplaceCode("fake"), true, Instant.now());

        assertThat(loops.of(account))
                .containsOnlyKeys("certificate", "feed", "listings")
                .containsEntry("feed", Duration.ofMinutes(1))
                .containsEntry("certificate", Duration.ofHours(6));
    }

    @Test
    void snoozesEndAndRulesLookByThemselves() {
        var cause = new Cause(AlertKind.PLAN_WAITING, Subject.of(Subject.Type.PLAN, UUID.randomUUID()));
        raising.raise(
                cause,
                Sighting.of("seen", Facts.none(), Instant.now().minus(Duration.ofHours(3)))
                        .until(Duration.ofHours(1)));
        for (var job : new String[] {"notifications-patience", "notifications-rules", "notifications-retention"}) {
            await().ignoreExceptions() // it may be running
                    .until(() -> scheduler.reschedule(TaskInstanceId.of(job, "recurring"), Instant.now()));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(state(AlertKind.PLAN_WAITING)).isEqualTo(State.RESOLVED));
    }
}
