package dev.kontor.notifications.telegram;

import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.InventoryTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where Telegram comes by itself. */
@InventoryTest
@TestPropertySource(properties = "kontor.telegram.webhook=https://kontor.example/")
class WebhookTests {

    static final FakeTelegram telegram = new FakeTelegram();

    @DynamicPropertySource
    static void bot(DynamicPropertyRegistry registry) {
        registry.add("kontor.telegram.token", () -> FakeTelegram.TOKEN);
        registry.add("kontor.telegram.url", telegram::url);
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @BeforeAll
    void isAnnounced() {
        await().until(() -> telegram.webhook().equals("https://kontor.example/hooks/telegram"));
        telegram.reachedAt("http://127.0.0.1:" + port + Webhook.PATH); // as a proxy would lead there
    }

    @Test
    void whatTelegramTellsIsStoredAndAnswered() {
        var phone = telegram.phone("en");
        var before = stored();
        phone.says("hello");
        assertThat(phone.hears()).startsWith("I do not know this chat.");
        assertThat(stored()).isEqualTo(before + 1);
        assertThat(telegram.asking()).as("nobody asks").isZero();
    }

    @Test
    void whoDoesNotProveToBeTelegramIsNotListenedTo() {
        var before = stored();
        var update = Map.<String, Object>of("update_id", 1);
        assertThat(telegram.post(update, "a-guess")).isEqualTo(404);
        assertThat(telegram.post(update, "")).isEqualTo(404);
        var nobody = HttpCaller.nobody(port);
        assertThat(nobody.post(Webhook.PATH, "{}").status()).isEqualTo(404);
        var known = nobody.with("X-Telegram-Bot-Api-Secret-Token", telegram.secret());
        for (var body :
                new String[] {"", "{}", "[]", "null", "nonsense", "{\"update_id\": \"x\"}", "{\"update_id\": 1e99}"}) {
            assertThat(known.send("POST", Webhook.PATH, body).status()).as(body).isEqualTo(400);
        }
        assertThat(known.send("POST", Webhook.PATH, "x".repeat(300_000)).status())
                .isEqualTo(413);
        assertThat(stored()).isEqualTo(before);
    }

    private long stored() {
        return jdbc.sql("select count(*) from notifications.telegram_updates")
                .query(Long.class)
                .single();
    }
}
