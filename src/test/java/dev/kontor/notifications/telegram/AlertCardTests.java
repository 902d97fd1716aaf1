package dev.kontor.notifications.telegram;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.AlertId;
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
import dev.kontor.notifications.texts.Talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How people hear of alerts, and what they do about them. */
class AlertCardTests extends TelegramFixture {

    @Autowired
    Raising raising;

    @Autowired
    Alerts alerts;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Offers offers;

    @Autowired
    Holding holding;

    @Autowired
    Cards cards;

    private Cause cause() {
        return new Cause(AlertKind.SYNC_FAILING, Subject.of(new AccountId(UUID.randomUUID())), "feed");
    }

    private Alert raise(Cause cause, Severity severity) {
        var facts = Facts.none().with(Fact.LOOP, "feed").with(Fact.IN_A_ROW, 3);
        raising.raise(
                cause, Sighting.of(UUID.randomUUID(), facts, Instant.now()).as(severity));
        return alerts.list(new Alerts.Filter(null, null, null, cause.subject().account()), null, 1)
                .getFirst();
    }

    private void forEverybodyElseItIsQuiet() {
        jdbc.sql("update notifications.telegram_chats set muted = ?")
                .param(java.util.Arrays.stream(AlertKind.values())
                        .map(AlertKind::name)
                        .toArray(String[]::new))
                .update();
    }

    private Phone listening(HttpCaller person) {
        return paired(person, "en");
    }

    @Test
    void aCardComesAndSaysHowItStands() {
        forEverybodyElseItIsQuiet();
        var person = someone("MANAGER");
        var anna = listening(person);
        var other = someone("MANAGER");
        var boris = listening(other);
        var cause = cause();
        var alert = raise(cause, Severity.WARNING);
        assertThat(anna.hears())
                .startsWith("🟠 an account that is not connected any more: the reading of new orders fails")
                .contains("Runs that failed in a row: 3", "· open");
        boris.hears();

        anna.presses("Take");
        assertThat(anna.reads()).contains("taken by Anna");
        assertThat(boris.reads()).as("the others see it").contains("taken by Anna");
        assertThat(alerts.find(alert.id()).orElseThrow().handledBy()).isEqualTo("person " + id(person));
        boris.presses("Snooze 1 h");
        assertThat(boris.reads()).contains("snoozed until");
        boris.presses("Why?");
        assertThat(boris.hears()).contains("it began", "somebody took it", "somebody snoozed it");

        raising.gone(cause, Instant.now());
        await().untilAsserted(() -> assertThat(anna.messages().getLast().toString())
                .startsWith("✅")
                .contains("over since")
                .endsWith("[]"));
        assertThat(acts(alert.id().value()))
                .containsExactlyInAnyOrder("alert.taken BOT " + id(person), "alert.snoozed BOT " + id(other));
    }

    @Test
    void whatNobodyTakesReachesAdministratorsWhoDidNotWishToHearOfIt() {
        var boss = listening(someone("ADMINISTRATOR"));
        var viewer = listening(someone("VIEWER"));
        forEverybodyElseItIsQuiet();
        jdbc.sql("update notifications.telegram_chats set quiet_from = '00:00', quiet_to = '23:59'")
                .update();
        var alert = raise(cause(), Severity.CRITICAL);
        transaction.executeWithoutResult(_ ->
                events.publishEvent(new AlertEscalated(alert.id(), alert.kind(), alert.severity(), 1, Instant.now())));
        assertThat(boss.hears()).startsWith("🔴");
        assertThat(boss.unheard()).isEmpty();
        viewer.says("/help");
        assertThat(viewer.hears()).startsWith("What you can ask for");
        jdbc.sql("update notifications.telegram_chats set quiet_from = null, quiet_to = null")
                .update();
    }

    @Test
    void aViewerHearsAndChangesNothing() {
        forEverybodyElseItIsQuiet();
        var boris = listening(someone("VIEWER"));
        var alert = raise(cause(), Severity.CRITICAL);
        assertThat(boris.hears()).startsWith("🔴");
        boris.presses("Take");
        assertThat(boris.notices()).isEqualTo("For this one needs the role manager.");
        assertThat(alerts.find(alert.id()).orElseThrow().state()).isEqualTo(Alert.State.OPEN);
    }

    @Test
    void whatGetsWorseOrIsLeftAloneIsToldAnew() {
        forEverybodyElseItIsQuiet();
        var anna = listening(someone("MANAGER"));
        var cause = cause();
        var alert = raise(cause, Severity.WARNING);
        anna.hears();
        raise(cause, Severity.CRITICAL);
        assertThat(anna.hears()).startsWith("🔴");
        assertThat(anna.reads()).as("the old card makes room").startsWith("🔴").doesNotContain("\n");

        var escalated = new AlertEscalated(alert.id(), alert.kind(), Severity.CRITICAL, 1, Instant.now());
        for (int time = 0; time < 2; time++) { // an event may be told of twice
            transaction.executeWithoutResult(_ -> events.publishEvent(escalated));
            await().untilAsserted(
                            () -> assertThat(unheardEvents()).isEmpty()); // as after a crash, and not both at once
        }
        assertThat(anna.hears()).startsWith("🔴");
        anna.says("/help");
        assertThat(anna.hears()).startsWith("What you can ask for");
    }

    @Test
    void inQuietHoursOnlyWhatIsCriticalComesAndWhatIsOverByThenNever() {
        forEverybodyElseItIsQuiet();
        var anna = listening(someone("MANAGER"));
        var quiet = quietHours();
        anna.says("/settings quiet " + quiet);
        assertThat(anna.hears()).contains("Quiet hours: " + quiet.replace('-', '–'));
        var cause = cause();
        var alert = raise(cause, Severity.WARNING);
        await().untilAsserted(() -> assertThat(outbox(anna))
                .anyMatch(it -> it.get("key").toString().contains(alert.id().toString())));
        raise(cause(), Severity.CRITICAL);
        assertThat(anna.hears()).startsWith("🔴");

        raising.gone(cause, Instant.now());
        await().untilAsserted(() -> assertThat(outbox(anna))
                .filteredOn(it -> it.get("key").toString().contains(alert.id().toString()))
                .extracting(it -> it.get("state"))
                .containsExactly("DROPPED"));
        assertThat(anna.unheard()).isEmpty();
    }

    @Test
    void aChatIsToldOnlyWhatItWants() {
        forEverybodyElseItIsQuiet();
        var anna = listening(someone("MANAGER"));
        anna.says("/settings mute sync_failing");
        anna.hears();
        var boris = listening(someone("MANAGER"));
        boris.says("/settings least critical");
        boris.hears();
        raise(cause(), Severity.WARNING);
        var told = raise(cause(), Severity.CRITICAL);
        assertThat(boris.hears()).startsWith("🔴");
        assertThat(boris.unheard()).isEmpty();
        assertThat(anna.unheard()).isEmpty();
        raising.gone(new Cause(told.kind(), told.subject(), "feed"), Instant.now());
    }

    @Test
    void aPlanIsDecidedFromItsCard() {
        forEverybodyElseItIsQuiet();
        var person = someone("MANAGER");
        var anna = listening(person);
        for (var decision : List.of("Approve", "Reject")) {
            var plan = aPlan();
            assertThat(anna.hears())
                    .startsWith("🟠 A mass change waits for you")
                    .contains("Too many listings of one account", "Listings: 12, of them still waiting: 12")
                    .contains("Mug: 3 → 0", "and 7 more");
            anna.presses("Why?");
            assertThat(anna.hears()).contains("it began");
            assertThat(anna.hears()).contains("Listings: 12").doesNotContain("more");
            anna.presses(decision);
            assertThat(anna.notices()).isEqualTo("Decided.");
            assertThat(anna.reads()).as("its cause is gone").startsWith("✅");
            assertThat(administrator.get("/api/v1/plans/" + plan).text("state"))
                    .isEqualTo(decision.equals("Approve") ? "APPROVED" : "REJECTED");
            assertThat(acts(plan.value())).containsExactly("plan.decided BOT " + id(person));
        }
    }

    private PlanId aPlan() {
        var account = sold().id();
        var changes = IntStream.range(0, 12)
                .mapToObj(_ -> offers.selling(account, stockroom.anItem()))
                .map(listing -> new Holding.Change(listing, account, 3, 0, null, false, null))
                .toList();
        Map<ListingId, PlanId> held = transaction.execute(_ -> holding.examine(changes));
        return List.copyOf(held.values()).getFirst();
    }

    @Test
    void anAccountIsPausedAndResumedFromItsCard() {
        forEverybodyElseItIsQuiet();
        var person = someone("MANAGER");
        var anna = listening(person);
        var account = sold().id();
        var cause = new Cause(AlertKind.QUANTITY_DIFFERS, Subject.of(account));
        raising.raise(cause, Sighting.of("x", Facts.none(), Instant.now()).as(Severity.WARNING));
        anna.hears();
        anna.presses("Pause");
        assertThat(anna.hears()).startsWith("⏸");
        assertThat(paused(account)).isTrue();
        anna.presses("Resume");
        assertThat(anna.reads()).startsWith("▶️");
        assertThat(paused(account)).isFalse();
        assertThat(acts(account.value()))
                .contains("policy.set BOT " + id(person), "policy.taken-back BOT " + id(person));
    }

    /** As the audit log has it. */
    private List<String> acts(UUID object) {
        return administrator
                .get("/api/v1/audit?objectId=" + object)
                .json()
                .path("items")
                .valueStream()
                .map(it -> it.path("action").asString() + " "
                        + it.at("/actor/kind").asString() + " "
                        + it.at("/actor/id").asString())
                .toList();
    }

    private boolean paused(AccountId account) {
        return jdbc.sql("select exists (select from inventory.policies where subject = ? and paused)")
                .param(account.value())
                .query(Boolean.class)
                .single();
    }

    @Test
    void whatIsAmissIsListed() {
        forEverybodyElseItIsQuiet();
        var anna = listening(someone("MANAGER"));
        var alert = raise(cause(), Severity.WARNING);
        anna.hears();
        anna.says("/alerts");
        assertThat(anna.hears()).startsWith("What is amiss").contains("1. 🟠");
        anna.presses("1");
        assertThat(anna.hears()).contains("Runs that failed in a row: 3");
        anna.presses("Done");
        assertThat(anna.reads()).startsWith("✅");
        assertThat(alerts.find(alert.id()).orElseThrow().state()).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void aLoopIsRunAgainFromItsCard() {
        forEverybodyElseItIsQuiet();
        var anna = listening(someone("MANAGER"));
        var shop = sold();
        var facts = Facts.none().with(Fact.LOOP, "feed").with(Fact.IN_A_ROW, 3);
        raising.raise(
                new Cause(AlertKind.SYNC_FAILING, Subject.of(shop.id()), "feed"),
                Sighting.of("x", facts, Instant.now()));
        anna.hears();
        anna.presses("Retry");
        assertThat(anna.notices()).isEqualTo("It runs now.");
        assertThat(administrator
                        .get("/api/v1/audit?action=loop.asked-for&objectId=" + shop.id())
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(jdbc.sql("select count(*) from scheduled_tasks where task_instance like ? || '%'")
                        .param(shop.id().toString())
                        .query(Integer.class)
                        .single())
                .isPositive();

        shops.pause(shop.id());
        anna.presses("Retry");
        assertThat(anna.notices()).isEqualTo("That cannot be tried again from here.");
    }

    @Test
    void everyCardHasAButtonThatEndsOrExplainsIt() {
        for (var language : List.of("en", "ru")) {
            var talk = Talk.of(Locale.of(language), ZoneId.of("Europe/Moscow"));
            for (var kind : AlertKind.values()) {
                var now = Instant.now();
                var account = new AccountId(UUID.randomUUID());
                var alert = new Alert(
                        new AlertId(UUID.randomUUID()),
                        kind,
                        Severity.WARNING,
                        Subject.of(account),
                        Facts.none(),
                        Alert.State.OPEN,
                        now,
                        now,
                        1,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1);
                var card = cards.of(talk, alert);
                assertThat(card.buttons().stream().flatMap(List::stream).map(Reply.Button::step))
                        .as(kind + " in " + language)
                        .contains("alert.take", "alert.resolve", "alert.why");
                assertThat(card.text()).contains("<b>").hasSizeLessThan(Pieces.LONGEST);
                assertThat(Locale.of("ru").getLanguage().equals(language))
                        .isEqualTo(card.text().matches("(?s).*[а-я].*"));
            }
        }
    }
}
