package dev.kontor.orders.web;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.Shops;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@Import(Shops.class)
class QuarantineApiTests {

    private static final Map<String, String> NOTE = Map.of("note", " It sold nothing ");

    @LocalServerPort
    int port;

    @Autowired
    Shops shops;

    @Autowired
    JdbcClient jdbc;

    HttpCaller administrator;
    String records;
    String path;

    @BeforeEach
    void something() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        var account = shops.open(new FakeMarketplace()).id().value();
        var record = UUID.randomUUID();
        jdbc.sql("""
                        insert into orders.quarantine (id, account, kind, external_id, fingerprint, reason, source,
                          first_seen_at, last_tried_at, tries, sales_known_until)
                        values (?, ?, 'order', 'o-1', sha256('o-1'), 'unreadable', 'FEED', now(), now(), 1, now())""").params(record, account).update();
        records = "/api/v1/quarantine?account=" + account;
        path = "/api/v1/quarantine/" + record + "/acknowledge";
    }

    @Test
    void tellsWhatHoldsBackSalesAndWhoAnsweredForIt() {
        var before = administrator.get(records).json().at("/items/0");
        assertThat(Instant.parse(before.path("salesKnownUntil").asString())).isBefore(Instant.now());
        assertThat(before.has("acknowledgedAt")).isFalse();

        var answer = administrator.post(path, NOTE);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var after = administrator.get(records).json().at("/items/0");
        assertThat(after).isEqualTo(answer.json());
        assertThat(after.has("salesKnownUntil")).isFalse();
        assertThat(after.path("note").asString()).isEqualTo("It sold nothing");
        assertThat(after.path("acknowledgedBy").asString()).startsWith("person ");
    }

    @Test
    void isToldOnce() {
        var first = administrator.post(path, NOTE);
        assertThat(administrator.post(path, NOTE).body()).isEqualTo(first.body());

        var another = administrator.post(path, Map.of("note", "It sold two"));

        assertThat(another.status()).isEqualTo(409);
        assertThat(another.text("type")).endsWith("already-acknowledged");
    }

    @Test
    void whatWasReadInTheMeantimeNeedsNobodysWord() {
        jdbc.sql("update orders.quarantine set resolved_at = now()").update();

        var answer = administrator.post(path, NOTE);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("type")).endsWith("already-resolved");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(administrator.post(path, Map.of("note", " ")).body()).contains("\"note\"");
        assertThat(administrator.post(path, Map.of("note", "x".repeat(501))).body())
                .contains("\"note\"");
        assertThat(administrator
                        .post("/api/v1/quarantine/" + UUID.randomUUID() + "/acknowledge", NOTE)
                        .status())
                .isEqualTo(404);
        var key = administrator
                .post("/api/v1/api-keys", "{\"name\":\"viewer\",\"scopes\":[\"orders:read\"]}")
                .text("key");
        assertThat(HttpCaller.nobody(port).withKey(key).post(path, NOTE).status())
                .isEqualTo(403);
    }
}
