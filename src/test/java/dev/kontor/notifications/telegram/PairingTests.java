package dev.kontor.notifications.telegram;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How a chat comes to act as a person, and ends to. */
class PairingTests extends TelegramFixture {

    @Test
    void aCodeIsShownOnceAndTheChatActsAsThatPerson() {
        var anna = someone("VIEWER");
        var phone = telegram.phone("en");
        var code = code(anna);

        phone.says("/start " + code);
        assertThat(phone.hears()).startsWith("✅ This chat acts as Anna").contains("/help");
        phone.says("/help");
        assertThat(phone.hears()).contains("/orders").doesNotContain("/set SKU");

        var other = telegram.phone("en");
        other.says("/start " + code);
        assertThat(other.hears()).startsWith("This code is unknown, used or expired");
    }

    @Test
    void aCodeThatIsTooOldOrReplacedIsOfNoUse() {
        var anna = someone("VIEWER");
        var replaced = code(anna);
        var late = code(anna);
        jdbc.sql(
                        "update notifications.telegram_pairings set expires_at = now() - interval '1 s' where user_id = ?::uuid")
                .param(id(anna))
                .update();
        var phone = telegram.phone("en");

        for (var code : List.of(replaced, late, "", "<b>", "x".repeat(3000))) {
            phone.says("/start " + (code.isEmpty() ? "?" : code));
            assertThat(phone.hears()).as(code).startsWith("This code is unknown, used or expired");
        }
        phone.says("/start 5");
        phone.says("/start 6");
        var good = telegram.phone("en");
        good.says("/start " + code(anna));
        assertThat(good.hears()).startsWith("✅");
        assertThat(phone.unheard()).as("after five guesses nothing is said").isEmpty();
    }

    @Test
    void whoIsNotKnownIsToldSoOnceAndNothingElse() {
        var stranger = telegram.phone("en");
        stranger.says("hello?");
        assertThat(stranger.hears()).startsWith("I do not know this chat.");
        stranger.says("/orders");
        stranger.says("/stock");
        stranger.pressesData(1, "AAAAAAAAAAAAAAAAAAAAAA");

        assertThat(stranger.notices()).isEqualTo("I do not know this chat.");
        assertThat(stranger.unheard()).isEmpty();
    }

    @Test
    void whoIsNotKnownIsToldSoWhereTheFirstToAnswerDied(
            @Autowired Conversation conversation, @Autowired Updates updates) {
        var stranger = telegram.phone("en");
        var hello = new Incoming(
                System.nanoTime(),
                Incoming.Kind.MESSAGE,
                stranger.chat(),
                false,
                stranger.chat(),
                "en",
                "hello?",
                null,
                1,
                0);
        conversation.answer(hello); // and its answer was never in the outbox

        updates.store(hello);
        assertThat(stranger.hears()).startsWith("I do not know this chat.");
        stranger.says("hello?");
        stranger.pressesData(1, "AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(stranger.notices()).isEqualTo("I do not know this chat.");
        assertThat(stranger.unheard()).isEmpty();
    }

    @Test
    void aRussianTelephoneIsSpokenToInRussian() {
        var phone = telegram.phone("ru");
        phone.says("привет");
        assertThat(phone.hears()).startsWith("Я не знаю этот чат.");
        phone.says("/start " + code(someone("MANAGER")));
        assertThat(phone.hears()).startsWith("✅ Теперь этот чат действует от имени Anna");
        phone.says("/help");
        assertThat(phone.hears()).contains("/set SKU n причина");
    }

    @Test
    void aPersonSeesHisChatsAndEndsThem() {
        var anna = someone("VIEWER");
        var phone = paired(anna, "en");
        var chats = anna.get("/api/v1/telegram/chats").json().path("items");
        assertThat(chats).hasSize(1);
        assertThat(chats.get(0).path("group").asBoolean()).isFalse();
        var path = "/api/v1/telegram/chats/" + chats.get(0).path("id").asString();

        assertThat(someone("VIEWER").delete(path).status()).isEqualTo(404);
        assertThat(anna.delete(path).status()).isEqualTo(204);
        assertThat(anna.delete(path).status()).isEqualTo(404);
        phone.says("/orders");
        assertThat(phone.hears()).startsWith("I do not know this chat.");
        var entries = administrator.get(
                "/api/v1/audit?objectType=telegram-chat&objectId=" + path.substring(path.lastIndexOf('/') + 1));
        assertThat(entries.json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("action").asString() + " "
                                + it.at("/actor/kind").asString()))
                .containsExactly("telegram.unpaired PERSON", "telegram.paired BOT");
    }

    @Test
    void stopEndsItToo() {
        var anna = someone("VIEWER");
        var phone = paired(anna, "en");
        phone.says("/stop");
        assertThat(phone.hears()).startsWith("This chat does not belong to anybody");
        assertThat(anna.get("/api/v1/telegram/chats").json().path("items")).isEmpty();
    }

    @Test
    void aPersonWhoMayNotLogInAnyMoreCanDoNothing() {
        var anna = someone("MANAGER");
        var phone = paired(anna, "en");
        var sku = aSku();
        item(sku, "Mug", 3);
        phone.says("/set " + sku + " 9 counted");
        phone.hears();
        mayNotLogIn(anna);

        phone.presses("Confirm");
        assertThat(phone.notices()).isEqualTo("Your access to Kontor has ended.");
        phone.says("/stock " + sku);
        assertThat(phone.hears()).isEqualTo("Your access to Kontor has ended.");
    }

    @Test
    void aBotThatIsBlockedForgetsTheChat() {
        var anna = someone("VIEWER");
        var phone = paired(anna, "en");
        phone.blocks();
        await().untilAsserted(() -> assertThat(
                        anna.get("/api/v1/telegram/chats").json().path("items"))
                .isEmpty());
    }

    @Test
    void inAGroupEverybodyActsAsHimself() {
        var anna = someone("MANAGER");
        var annas = paired(anna, "en");
        var boris = paired(someone("VIEWER"), "en");
        var group = telegram.group(annas);
        group.says("/start@kontor_bot " + code(anna));
        assertThat(group.hears()).startsWith("✅");
        var sku = aSku();
        var item = item(sku, "Mug", 3);

        group.says("who is there?");
        group.of(telegram.phone("en")).says("/stock " + sku);
        group.of(boris).says("/set " + sku + " 5 boris counted");
        assertThat(group.hears()).isEqualTo("For this one needs the role manager.");
        group.says("/set@kontor_bot " + sku + " 7 anna counted");
        assertThat(group.hears()).contains("Set to 7?");
        group.of(boris).presses("Confirm");
        assertThat(group.notices()).isEqualTo("For this one needs the role manager.");
        group.of(telegram.phone("en")).presses("Confirm");
        assertThat(group.notices()).startsWith("I do not know you.");
        assertThat(stockroom.present(item)).isEqualTo(3);
        group.presses("Confirm");
        assertThat(group.reads()).contains("3 → 7");
        assertThat(stockroom.present(item)).isEqualTo(7);
    }
}
