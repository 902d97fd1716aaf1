package dev.kontor.notifications.telegram;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.access.Person;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The bot at a Bot API that others wrote, the npm package {@code telegram-test-api}. Maven does not bring it: it runs where
 * {@code npm install telegram-test-api} was done in a directory and {@code -Dtelegram-test-api=} names that.
 */
@InventoryTest
@TestPropertySource(properties = {"kontor.telegram.poll=0s", "kontor.inventory.publishing=false"})
@EnabledIfSystemProperty(named = "telegram-test-api", matches = ".+")
class OtherTelegramTests {

    private static final String TOKEN = "4712:a-token-of-the-other";
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Process server;
    private static String url;

    @DynamicPropertySource
    static void bot(DynamicPropertyRegistry registry) throws IOException {
        registry.add("kontor.telegram.token", () -> TOKEN);
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        registry.add("kontor.telegram.url", () -> url);
        server = new ProcessBuilder(
                        "node",
                        "src/test/resources/telegram/telegram-test-api.cjs",
                        Path.of(System.getProperty("telegram-test-api"))
                                .toAbsolutePath()
                                .toString(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .start();
        try (var lines = server.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
        }
    }

    @AfterAll
    static void end() {
        server.destroy();
    }

    @LocalServerPort
    int port;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Stockroom stockroom;

    private final List<Map<String, Object>> who = List.of(
            Map.of("id", 71, "first_name", "Anna", "is_bot", false),
            Map.of("id", 71, "first_name", "Anna", "type", "private"));

    private Map<String, Object> message() {
        var message = new LinkedHashMap<String, Object>();
        message.put("botToken", TOKEN);
        message.put("date", 1_700_000_000);
        message.put("from", who.getFirst());
        message.put("chat", who.getLast());
        return message;
    }

    private static JsonNode post(String path, Object body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            return JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void says(String text) {
        var message = message();
        message.put("text", text);
        post("/sendMessage", message);
    }

    /** What the bot has said in the chat, as it reads now, the newest last. */
    private static List<JsonNode> said() {
        return post("/getUpdatesHistory", Map.of("token", TOKEN))
                .path("result")
                .valueStream()
                .filter(it -> it.path("message").has("chat_id"))
                .map(it -> it.path("message"))
                .toList();
    }

    private static JsonNode hears(String part) {
        await().until(() ->
                said().stream().anyMatch(it -> it.path("text").asString().contains(part)));
        return said().stream()
                .filter(it -> it.path("text").asString().contains(part))
                .toList()
                .getLast();
    }

    @Test
    void aPersonPairsAsksAndDecidesThere() {
        var administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        var anna = Person.invited(administrator, "Anna", "MANAGER").loggedIn();
        var item = catalogue.create(
                new ItemWish("MUG-" + UUID.randomUUID(), "Mug & <saucer>", null, ItemType.SIMPLE, List.of()));
        stockroom.receive(item, 10);

        says("/start " + TelegramFixture.code(anna));
        hears("This chat acts as");
        says("/set " + item.sku() + " 7 counted");
        var keys = hears("Set to <b>7</b>?").path("reply_markup");
        if (keys.isString()) {
            keys = JSON.readTree(keys.asString());
        }
        var press = message();
        press.put("message", Map.of("chat", who.getLast(), "message_id", 1, "date", 1_700_000_000));
        press.put("data", keys.at("/inline_keyboard/0/0/callback_data").asString());
        post("/sendCallback", press);
        await().untilAsserted(() -> assertThat(stockroom.present(item)).isEqualTo(7));
    }
}
