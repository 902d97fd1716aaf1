package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nothing is lost or said twice between Kontor and Telegram, whatever happens to either. */
class TransportTests extends TelegramFixture {

    @Autowired
    Outbox outbox;

    @Autowired
    Updates updates;

    @Autowired
    TelegramApi api;

    @Autowired
    Wake wake;

    @Autowired
    TelegramProperties properties;

    @Autowired
    JsonMapper json;

    private static Outgoing.Message message(String text) {
        return new Outgoing.Message(text, List.of(), false);
    }

    private static String aKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void whatIsSaidUnderOneKeyIsSaidOnce() {
        var anna = manager();
        var key = aKey();
        outbox.say(key, anna.chat(), message("first"));
        outbox.say(key, anna.chat(), message("first, again"));
        outbox.say(aKey(), anna.chat(), message("second"));
        assertThat(anna.hears()).isEqualTo("first");
        assertThat(anna.hears()).isEqualTo("second");
    }

    @Test
    void aFloodIsWaitedOutAndNothingOvertakes() {
        var anna = manager();
        telegram.floods(1, 2);
        var before = System.nanoTime();
        for (int number = 1; number <= 3; number++) {
            outbox.say(aKey(), anna.chat(), message("number " + number));
        }
        for (int number = 1; number <= 3; number++) {
            assertThat(anna.hears()).isEqualTo("number " + number);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(anna.unheard()).isEmpty();
    }

    @Test
    void aMessageThatIsTooLongComesInSeveral() {
        var anna = manager();
        var line = "<b>order</b> &lt;4711&gt; and more";
        outbox.say(aKey(), anna.chat(), message((line + "\n").repeat(300)));
        var pieces = List.of(anna.hears(), anna.hears(), anna.hears());
        assertThat(String.join("\n", pieces).lines()).hasSize(300).allMatch("order <4711> and more"::equals);
    }

    @Test
    void aGroupThatBecomesASupergroupIsFollowed() {
        var anna = someone("MANAGER");
        var annas = paired(anna, "en");
        var group = telegram.group(annas);
        group.says("/start " + code(anna));
        group.hears();
        group.becomesSupergroup();
        long old = jdbc.sql("select chat from notifications.telegram_chats where many and user_id = ?::uuid")
                .param(id(anna))
                .query(Long.class)
                .single();
        assertThat(old).isNotEqualTo(group.chat());

        outbox.say(aKey(), old, message("where are you?"));
        assertThat(group.hears()).isEqualTo("where are you?");
        group.says("/help");
        assertThat(group.hears()).startsWith("What you can ask for");
    }

    @Test
    void whoBlocksTheBotIsNotWrittenToAnyMore() {
        var anna = someone("MANAGER");
        var phone = paired(anna, "en");
        phone.blocksSilently();
        outbox.say(aKey(), phone.chat(), message("one"));
        outbox.say(aKey(), phone.chat(), message("two"));
        await().untilAsserted(() -> {
            assertThat(anna.get("/api/v1/telegram/chats").json().path("items")).isEmpty();
            assertThat(outbox(phone)).noneMatch(it -> it.get("state").equals("WAITING"));
        });
    }

    @Test
    void whoseAccessHasEndedIsOnlyAnswered() {
        var anna = someone("MANAGER");
        var phone = paired(anna, "en");
        outbox.say(aKey(), phone.chat(), message("how things stand"));
        assertThat(phone.hears()).isEqualTo("how things stand");
        mayNotLogIn(anna);
        var key = aKey();
        outbox.say(key, phone.chat(), message("how things stand now"));
        await().untilAsserted(() -> assertThat(outbox(phone))
                .filteredOn(it -> it.get("key").equals(key))
                .extracting(it -> it.get("state"))
                .containsExactly("DROPPED"));
        phone.says("/orders");
        assertThat(phone.hears()).isEqualTo("Your access to Kontor has ended.");
    }

    @Test
    void aChatThatHasEndedIsOnlyAnswered() {
        var anna = someone("MANAGER");
        var phone = paired(anna, "en");
        var key = aKey();
        outbox.say(key, phone.chat(), message("an alert"), Instant.now().plus(Duration.ofDays(1)));
        var chat = anna.get("/api/v1/telegram/chats").json().at("/items/0/id").asString();
        assertThat(anna.delete("/api/v1/telegram/chats/" + chat).status()).isEqualTo(204);
        jdbc.sql("update notifications.telegram_outbox set due_at = now() where key = ?")
                .param(key)
                .update();
        phone.says("/orders");
        assertThat(phone.hears()).as("nothing before").startsWith("I do not know this chat.");
        assertThat(outbox(phone))
                .filteredOn(it -> it.get("key").equals(key))
                .extracting(it -> it.get("state"))
                .containsExactly("DROPPED");
    }

    @Test
    void whatAnotherTookAndDiedSaysWhatItSaidThen() {
        var anna = manager();
        var key = aKey();
        outbox.say(key, anna.chat(), message("as it was"), Instant.now().plus(Duration.ofDays(1)));
        var then = Instant.parse("2026-11-01T12:00:00Z");
        jdbc.sql("""
                        update notifications.telegram_outbox set attempts = 1, claimed_at = :then, claimed_until = :then, due_at = :then
                        where key = :key""")
                .param("then", then.atOffset(ZoneOffset.UTC))
                .param("key", key)
                .update();
        wake.sending();
        assertThat(anna.hears()).isEqualTo("as it was");
        assertThat(outbox.saidAt(key)).as("what has come since is not in it").contains(then);
    }

    @Test
    void whatAnEarlierVersionSentWasSaidNotBeforeItWasThere() {
        var anna = manager();
        var key = aKey();
        var before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        outbox.say(key, anna.chat(), message("earlier"));
        anna.hears();
        await().until(() -> outbox.message(key).isPresent());
        jdbc.sql("update notifications.telegram_outbox set claimed_at = null where key = ?")
                .param(key)
                .update();
        assertThat(outbox.saidAt(key)).hasValueSatisfying(at -> assertThat(at).isBetween(before, Instant.now()));
    }

    @Test
    void whileTelegramIsAwayEverythingWaitsAndNobodyElseDoes() {
        var anna = manager();
        var sku = aSku();
        telegram.down(true);
        anna.says("/help");
        var before = System.nanoTime();
        outbox.say(aKey(), anna.chat(), message("later"));
        var item = item(sku, "Mug", 3);
        assertThat(stockroom.present(item)).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        await().untilAsserted(() -> assertThat(outbox(anna)).anyMatch(it -> "error 502".equals(it.get("problem"))));

        telegram.down(false);
        assertThat(List.of(anna.hears(), anna.hears()))
                .anyMatch("later"::equals)
                .anyMatch(it -> it.contains("/orders"));
    }

    @Test
    void aTelegramThatNeverAnswersHoldsNoConnectionOfTheDatabase() {
        var anna = manager();
        telegram.mute(true);
        for (int number = 0; number < 20; number++) {
            outbox.say(aKey(), anna.chat(), message("number " + number));
        }
        await().untilAsserted(() -> assertThat(outbox(anna)).anyMatch(it -> it.get("claimed_until") != null));
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from pg_stat_activity"
                                + " where datname = current_database() and state = 'idle in transaction'")
                        .query(Integer.class)
                        .single())
                .isZero());
        telegram.mute(false);
        for (int number = 0; number < 20; number++) {
            assertThat(anna.hears()).isEqualTo("number " + number);
        }
    }

    @Test
    void ofTwoInstancesOneAsks() {
        var other = new Polling(updates, api, wake, properties);
        await().until(() -> telegram.asking() > 0);
        assertThat(other.once()).isEqualTo(Duration.ofSeconds(2));
        var later = new Updates(jdbc, json, SettableClock.aYearAhead());
        assertThat(later.mayPoll("another", Duration.ZERO))
                .as("whose lease is over")
                .isTrue();
        later.leavePolling("another");
        await().until(() -> telegram.asking() > 0);
    }

    @Test
    void whatWasStoredAndNotHandledIsHandledByWhoeverComesAfter() {
        var anna = manager();
        var update = new Incoming(
                System.nanoTime(), Incoming.Kind.MESSAGE, anna.chat(), false, anna.chat(), "en", "/help", null, 1, 0);
        updates.store(update);
        assertThat(updates.store(update)).as("told twice").isFalse();

        assertThat(anna.hears()).startsWith("What you can ask for");
        jdbc.sql(
                        "update notifications.telegram_updates set handled_at = null, content = ?::jsonb, claimed_until = null where id = ?")
                .params(json.writeValueAsString(update), update.update())
                .update(); // the instance died before it could note that

        await().untilAsserted(
                        () -> assertThat(jdbc.sql("select handled_at from notifications.telegram_updates where id = ?")
                                        .param(update.update())
                                        .query()
                                        .singleRow()
                                        .get("handled_at"))
                                .isNotNull());
        assertThat(anna.unheard()).as("it was said before").isEmpty();
    }

    @Test
    void editsThatNobodyCouldSeeAreLeftOut() {
        var anna = manager();
        var key = aKey();
        outbox.say(key, anna.chat(), message("at first"));
        anna.hears();
        telegram.down(true);
        for (int number = 0; number < 5; number++) {
            outbox.edit(aKey(), anna.chat(), new Outgoing.Edit(0, "edit " + number, List.of()), key);
        }
        telegram.down(false);
        await().untilAsserted(() -> assertThat(anna.messages().getLast().text).isEqualTo("edit 4"));
        outbox.edit(aKey(), anna.chat(), new Outgoing.Edit(0, "edit 4", List.of()), key);
        await().untilAsserted(() ->
                assertThat(outbox(anna)).allMatch(it -> it.get("state").equals("SENT")));
    }

    @Test
    void whatIsNotDueWaitsWithoutKeepingOthers() {
        var anna = manager();
        outbox.say(aKey(), anna.chat(), message("tomorrow"), Instant.now().plus(Duration.ofDays(1)));
        outbox.say(aKey(), anna.chat(), message("now"));
        assertThat(anna.hears()).isEqualTo("now");
        assertThat(anna.unheard()).isEmpty();
    }
}
