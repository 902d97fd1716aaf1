package dev.kontor.notifications.telegram;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.SettableClock;
import dev.kontor.access.Persons;
import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.digest.DayReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people are called for together, and what they are not called for. */
class BundleTests extends BundleFixture {

    @Autowired
    DayReport report;

    @Test
    void severalItemsThatAreOversoldAreOneCall() {
        var anna = manager();
        var mug = oversell();
        var cup = oversell();
        raise(mug, Severity.CRITICAL);
        assertThat(anna.hears()).startsWith("🔴 " + sku(mug) + " is oversold");
        raise(cup, Severity.CRITICAL);
        assertThat(anna.reads())
                .startsWith("🔴 Items are oversold · amiss: 2")
                .contains("1. 🔴 " + sku(mug), "2. 🔴 " + sku(cup));
        assertThat(anna.unheard()).isEmpty();
        assertThat(outbox(anna))
                .as("the second one calls later")
                .anyMatch(it -> it.get("state").equals("WAITING"));

        anna.presses("2");
        assertThat(anna.hears()).startsWith("🔴 " + sku(cup)).contains("Units of it");
        anna.presses("Take all");
        await().untilAsserted(() -> {
            assertThat(alert(mug).state()).isEqualTo(Alert.State.TAKEN);
            assertThat(alert(cup).state()).isEqualTo(Alert.State.TAKEN);
            assertThat(outbox(anna))
                    .as("somebody knows of it")
                    .noneMatch(it -> it.get("state").equals("WAITING"));
        });
        raising.gone(mug, Instant.now());
        raising.gone(cup, Instant.now());
        await().untilAsserted(() ->
                assertThat(anna.edits()).anyMatch(it -> it.startsWith("✅ Items are oversold · amiss: 0")));
        assertThat(anna.unheard()).isEmpty();
    }

    @Test
    void aViewerCannotTakeThemTogether() {
        var boris = paired(someone("VIEWER"), "en");
        var causes = new Cause[] {oversell(), oversell()};
        raise(causes[0], Severity.CRITICAL);
        boris.hears();
        raise(causes[1], Severity.CRITICAL);
        boris.reads();
        boris.presses("Take all");
        assertThat(boris.notices()).isEqualTo("For this one needs the role manager.");
        boris.presses("Snooze 1 h");
        assertThat(boris.notices()).isEqualTo("For this one needs the role manager.");
        for (var cause : causes) {
            assertThat(alert(cause).state()).isEqualTo(Alert.State.OPEN);
            raising.gone(cause, Instant.now());
        }
    }

    @Test
    void aMarketplaceThatIsAwayIsOneCallWhateverItStops() {
        var anna = manager();
        var one = sold().id();
        var other = sold().id();
        raise(failing(one, "feed"), Severity.WARNING);
        assertThat(anna.hears()).startsWith("🟠 Shop: the reading of new orders fails");
        raise(failing(other, "feed"), Severity.WARNING);
        assertThat(anna.reads()).startsWith("🟠 fake is in trouble · amiss: 2");
        raise(failing(other, "listings"), Severity.WARNING);
        assertThat(anna.reads())
                .startsWith("🟠 fake is in trouble · amiss: 3")
                .contains("the reading of listings fails");
        assertThat(anna.unheard()).isEmpty();

        raise(failing(one, "sweep"), Severity.CRITICAL);
        assertThat(anna.hears()).as("worse than what was told").startsWith("🔴 fake is in trouble · amiss: 4");
    }

    @Test
    void whatGetsWorseWhileItWaitsCallsForAllThatIsAsBad() {
        var anna = manager();
        var account = sold().id();
        raise(failing(account, "feed"), Severity.WARNING);
        anna.hears();
        raise(failing(account, "listings"), Severity.WARNING);
        anna.reads();
        raise(failing(account, "listings"), Severity.CRITICAL);
        assertThat(anna.hears()).startsWith("🔴 fake is in trouble · amiss: 2");

        raise(failing(account, "sweep"), Severity.CRITICAL);
        await().untilAsserted(() -> assertThat(waiting(anna)).anyMatch(it -> it.contains("amiss: 3")));
        assertThat(anna.unheard()).as("called for such a thing a moment ago").isEmpty();
    }

    @Test
    void whatComesWhileAMessageIsOnItsWayCallsLater() {
        var anna = manager();
        var mug = oversell();
        var cup = oversell();
        telegram.mute(true);
        raise(mug, Severity.CRITICAL);
        await().untilAsserted(() -> assertThat(outbox(anna)).anyMatch(it -> it.get("claimed_until") != null));
        raise(cup, Severity.CRITICAL);
        await().untilAsserted(() -> assertThat(waiting(anna)).anyMatch(it -> it.contains(sku(cup))));
        telegram.mute(false);

        assertThat(anna.hears()).contains(sku(mug)).doesNotContain(sku(cup));
        assertThat(anna.reads()).contains(sku(mug), sku(cup));
        raising.gone(mug, Instant.now());
        assertThat(anna.reads()).contains("amiss: 1");
        assertThat(waiting(anna)).as("the other one is still to be called for").anyMatch(it -> it.contains(sku(cup)));
        raising.gone(cup, Instant.now());
        await().untilAsserted(() -> assertThat(waiting(anna)).isEmpty());
    }

    @Test
    void whatGetsWorseWhileItsMessageIsOnItsWayCallsAnew() {
        var anna = manager();
        var cause = failing(sold().id(), "feed");
        telegram.mute(true);
        raise(cause, Severity.WARNING);
        await().untilAsserted(() -> assertThat(outbox(anna)).anyMatch(it -> it.get("claimed_until") != null));
        raise(cause, Severity.CRITICAL);
        await().untilAsserted(() -> assertThat(waiting(anna)).anyMatch(it -> it.contains("🔴")));
        telegram.mute(false);
        assertThat(anna.hears()).startsWith("🟠");
        assertThat(anna.hears()).startsWith("🔴");
    }

    @Test
    void aMessageThatTellsOfManyIsOneMessage() {
        var anna = manager();
        var causes = IntStream.range(0, 24)
                .mapToObj(_ -> item("SKU" + "&".repeat(40) + aSku(), "Mug", 0))
                .map(item -> new Cause(AlertKind.OVERSELL, Subject.of(Subject.Type.ITEM, item.id())))
                .toList();
        causes.forEach(cause -> raise(cause, Severity.WARNING));
        assertThat(anna.hears()).startsWith("🟠");
        await().untilAsserted(() -> assertThat(anna.messages().getLast().text)
                .startsWith("🟠 Items are oversold · amiss: 24")
                .containsPattern("\n[0-9]+\\. .+\nand [0-9]+ more$"));
        assertThat(waiting(anna)).singleElement().asString().contains("amiss: 24");
        assertThat(anna.unheard()).isEmpty();
        causes.forEach(cause -> raising.gone(cause, Instant.now()));
    }

    @Test
    void whatWasOverBeforeAnybodyWasCalledIsToldWhenItComesBack() {
        var anna = manager();
        anna.says("/settings quiet " + quietHours());
        anna.hears();
        var cause = failing(new AccountId(UUID.randomUUID()), "feed");
        raise(cause, Severity.WARNING);
        await().untilAsserted(() -> assertThat(states(anna)).containsExactly("WAITING"));
        raising.gone(cause, Instant.now());
        await().untilAsserted(() -> assertThat(states(anna)).containsExactly("DROPPED"));
        raise(cause, Severity.WARNING);
        await().untilAsserted(() -> assertThat(states(anna)).containsExactly("DROPPED", "WAITING"));
        raise(failing(new AccountId(UUID.randomUUID()), "feed"), Severity.WARNING);
        await().untilAsserted(
                        () -> assertThat(outbox(anna).getLast().get("content").toString())
                                .contains("In your quiet hours", "amiss: 2"));
        assertThat(states(anna)).containsExactly("DROPPED", "WAITING");
    }

    @Test
    void oneThatCannotBeToldOfDoesNotKeepTheOthers() {
        var anna = manager();
        var first = new Cause(AlertKind.DATABASE_TROUBLE, Subject.KONTOR);
        var second = oversell();
        refuseToTellOf(first.kind());
        try {
            raise(first, Severity.CRITICAL);
            raise(second, Severity.CRITICAL);
            assertThat(anna.hears()).contains(sku(second));
        } finally {
            refuseNothing();
        }

        assertThat(anna.hears()).contains("database");
        raising.gone(first, Instant.now());
    }

    @Test
    void whatIsOverBeforeItCouldBeToldOfIsNotTold() {
        var anna = manager();
        var cause = new Cause(AlertKind.LEDGER_WRONG, Subject.KONTOR);
        refuseToTellOf(cause.kind());
        try {
            raise(cause, Severity.CRITICAL);
            await().until(() -> count("attempts > 0 and handled_at is null") == 1);
            raising.gone(cause, Instant.now());
            await().until(() -> count("what = 'CHANGED' and handled_at is not null and id > (select max(id)"
                            + " from notifications.telegram_news where attempts > 0)")
                    == 1);
        } finally {
            refuseNothing();
        }
        theNewsIsTold();
        assertThat(states(anna)).isEmpty();
    }

    private void refuseToTellOf(AlertKind kind) {
        jdbc.sql("""
                        create function notifications.refuse_card() returns trigger language plpgsql as $$ begin
                          if exists (select from notifications.alerts where id = new.alert and kind = '%s') then
                            raise exception 'no';
                          end if;
                          return new; end $$;
                        create trigger refuse_card before insert on notifications.telegram_cards
                          for each row execute function notifications.refuse_card()""".formatted(kind)).update();
    }

    private void refuseNothing() {
        jdbc.sql("drop function notifications.refuse_card() cascade").update();
    }

    @Test
    void whatNobodyWasCalledForIsInTheDigest(
            @Autowired Chats chats,
            @Autowired Persons persons,
            @Autowired Bundles bundles,
            @Autowired Cards cards,
            @Autowired Outbox outbox,
            @Autowired Buttons buttons) {
        var anna = manager();
        var told = failing(new AccountId(UUID.randomUUID()), "sweep");
        raise(told, Severity.WARNING);
        assertThat(anna.hears()).contains("not connected any more: the second look at open orders fails");
        var quietly = new Cause(AlertKind.QUANTITY_DIFFERS, Subject.of(sold().id()));
        raise(quietly, Severity.INFO);
        var over = new Cause(AlertKind.PLAN_WAITING, Subject.of(Subject.Type.PLAN, UUID.randomUUID()));
        raise(over, Severity.INFO);
        raising.gone(over, Instant.now());

        jdbc.sql(
                        "update notifications.telegram_chats set digest_on = current_date - 1, digest_at = '0:00' where chat = ?")
                .param(anna.chat())
                .update();
        var midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
        var clock = new SettableClock(midnight.plusSeconds(60));
        var digest = new Digest(chats, persons, report, alerts, bundles, cards, outbox, buttons, clock);

        transaction.executeWithoutResult(_ -> digest.look());
        assertThat(anna.hears())
                .startsWith("☀️")
                .contains("Nobody was called for this:", "Shop: somebody changes quantities", "✅ A mass change")
                .doesNotContain("not connected any more: the second look at open orders fails");
        assertThat(anna.messages().getLast().silent).isTrue();
    }

    @Test
    void whatTellsOfNothingThatIsKnownIsForgotten(@Autowired Bundles bundles) {
        var anna = manager();
        raise(oversell(), Severity.CRITICAL);
        anna.hears();
        theNewsIsTold();
        jdbc.sql("update notifications.telegram_bundles set opened_at = '2020-01-01'")
                .update();
        bundles.forget();
        assertThat(bundlesOf(anna)).isEqualTo(1);

        jdbc.sql("delete from notifications.alerts").update();
        bundles.forget();
        assertThat(bundlesOf(anna)).isZero();
    }

    private int bundlesOf(Phone phone) {
        return jdbc.sql("""
                        select count(*) from notifications.telegram_bundles b
                          join notifications.telegram_chats c on c.id = b.chat where c.chat = ?""").param(phone.chat()).query(Integer.class).single();
    }

    @Test
    void aPressOnAMessageThatIsForgottenIsRefused() {
        var anna = manager();
        raise(oversell(), Severity.CRITICAL);
        anna.hears();
        raise(oversell(), Severity.CRITICAL);
        anna.reads();
        jdbc.sql("update notifications.telegram_buttons set argument = 'none' where chat = ? and step = 'bundle.take'")
                .param(anna.chat())
                .update();
        anna.presses("Take all");
        assertThat(anna.notices()).startsWith("That was refused:");
    }
}
