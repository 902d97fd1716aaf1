package dev.kontor.notifications.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import dev.kontor.HttpCaller;
import dev.kontor.access.Person;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Mail over HTTP, from the wish to its end, with a server that takes it. */
@InventoryTest
@TestPropertySource(
        properties = {
            "kontor.mail.security=NONE",
            "kontor.mail.from=kontor@shop.example",
            "kontor.mail.url=https://kontor.example"
        })
class MailApiTests {

    private static final String SUBSCRIPTIONS = "/api/v1/mail/subscriptions";
    private static final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static {
        server.start();
    }

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("kontor.mail.host", () -> "127.0.0.1");
        registry.add("kontor.mail.port", () -> server.getSmtp().getPort());
    }

    @LocalServerPort
    int port;

    @Autowired
    Raising raising;

    private HttpCaller administrator;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private HttpCaller someone() {
        return Person.invited(administrator, "Anna", "VIEWER").loggedIn();
    }

    private static String anAddress() {
        return UUID.randomUUID() + "@shop.example";
    }

    private static MimeMessage mailed(String address, int number) {
        await().until(() -> server.getReceivedMessagesForDomain(address).length >= number);
        return server.getReceivedMessagesForDomain(address)[number - 1];
    }

    @Test
    void anAddressIsShownToBeAPersonsAndIsToldUntilItIsEnough() throws Exception {
        var anna = someone();
        var address = anAddress();
        var made = anna.post(SUBSCRIPTIONS, Map.of("address", address, "language", "ru", "zone", "Europe/Moscow"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.text("state")).isEqualTo("UNVERIFIED");
        assertThat(made.body()).doesNotContain("token");
        var path = SUBSCRIPTIONS + "/" + made.text("id");
        var code = Pattern.compile("\"code\": \"(\\w+)\"").matcher(text(mailed(address, 1)));
        assertThat(code.find()).isTrue();
        var wrong = anna.post(path + "/verify", Map.of("code", "wrong"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/errors/0/field").asString()).isEqualTo("code");
        var verified = anna.post(path + "/verify", Map.of("code", code.group(1)));
        assertThat(verified.text("state")).as(verified.body()).isEqualTo("ACTIVE");

        var body = "{\"least\": \"INFO\", \"muted\": [\"OVERSELL\"], \"quiet\": \"22:00-7:00\", \"digest\": \"off\"}";
        assertThat(anna.send("PATCH", path, body).status()).isEqualTo(428);
        var changed = anna.with("If-Match", verified.header("ETag")).send("PATCH", path, body);
        assertThat(changed.text("quiet")).as(changed.body()).isEqualTo("22:00-07:00");
        assertThat(changed.text("language")).isEqualTo("ru");
        assertThat(anna.with("If-Match", verified.header("ETag"))
                        .send("PATCH", path, body)
                        .status())
                .isEqualTo(412);

        raising.raise(
                new Cause(
                        AlertKind.DATABASE_TROUBLE,
                        Subject.KONTOR,
                        UUID.randomUUID().toString()),
                Sighting.of(UUID.randomUUID(), Facts.none().with(Fact.LOOP, "feed"), Instant.now()));
        var told = mailed(address, 2);
        assertThat(told.getSubject()).isEqualTo("[Kontor] База данных сбоит снова и снова");
        var link = told.getHeader("List-Unsubscribe", null).replaceAll("[<>]|https://kontor.example", "");
        var page = HttpCaller.nobody(port).get(link);
        assertThat(page.body()).contains("<form method=\"post\">", "Больше не писать на этот адрес?");
        assertThat(page.header("Content-Security-Policy")).contains("form-action 'self'");
        assertThat(anna.get(path).status()).as("to look does nothing").isEqualTo(200);
        var done = HttpCaller.nobody(port)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", link, "List-Unsubscribe=One-Click");
        assertThat(done.status()).isEqualTo(200);
        assertThat(anna.get(path).status()).isEqualTo(404);
        assertThat(HttpCaller.nobody(port).get(link).status()).isEqualTo(200);
    }

    private static String text(MimeMessage message) throws Exception {
        return (String) ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
    }

    @Test
    void nobodySeesOrChangesTheAddressesOfOthersButAnAdministratorWhoSeesAndEndsThem() {
        var anna = someone();
        var path = SUBSCRIPTIONS + "/"
                + anna.post(SUBSCRIPTIONS, Map.of("address", anAddress())).text("id");
        var boris = someone();
        assertThat(boris.get(path).status()).isEqualTo(404);
        assertThat(boris.delete(path).status()).isEqualTo(404);
        assertThat(boris.with("If-Match", "*").send("PATCH", path, "{}").status())
                .isEqualTo(404);
        assertThat(boris.send("POST", path + "/code", null).status()).isEqualTo(404);
        assertThat(boris.get(SUBSCRIPTIONS).json().path("items")).isEmpty();
        assertThat(administrator.with("If-Match", "*").send("PATCH", path, "{}").status())
                .isEqualTo(404);
        assertThat(administrator.get(path).status()).isEqualTo(200);
        assertThat(administrator.get(SUBSCRIPTIONS).body()).contains(path.substring(SUBSCRIPTIONS.length() + 1));
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(HttpCaller.nobody(port).get(SUBSCRIPTIONS).status()).isEqualTo(401);
        var key = administrator
                .post("/api/v1/api-keys", Map.of("name", "program", "scopes", List.of("notifications:write")))
                .text("key");
        assertThat(HttpCaller.nobody(port).withKey(key).get(SUBSCRIPTIONS).status())
                .isEqualTo(403);
    }

    @Test
    void whatIsWrongIsNamed() {
        var anna = someone();
        var address = anAddress();
        var path = SUBSCRIPTIONS + "/"
                + anna.post(SUBSCRIPTIONS, Map.of("address", address)).text("id");
        assertThat(anna.post(SUBSCRIPTIONS, Map.of("address", address)).status())
                .isEqualTo(409);
        Map.of(
                        "language", "\"de\"",
                        "zone", "\"Mars/Olympus\"",
                        "quiet", "\"22:00\"",
                        "digest", "\"noon\"",
                        "least", "\"SOME\"",
                        "muted", "[null]")
                .forEach((field, value) -> {
                    var answer = anna.with("If-Match", "*").send("PATCH", path, "{\"" + field + "\": " + value + "}");
                    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                    assertThat(answer.body()).contains(field);
                });
        assertThat(anna.post(SUBSCRIPTIONS, Map.of("address", "nobody"))
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("address");
    }
}
