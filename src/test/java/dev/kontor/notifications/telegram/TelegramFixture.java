package dev.kontor.notifications.telegram;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.HttpCaller;
import dev.kontor.access.Person;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** All of Kontor, with a bot whose other end is {@link FakeTelegram}. */
@InventoryTest
@Import(Offers.class)
@TestPropertySource(
        properties = {"kontor.telegram.poll=1s", "kontor.telegram.hold-back=0s", "kontor.inventory.publishing=false"})
abstract class TelegramFixture {

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

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Archive archive;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Catalogue catalogue;

    HttpCaller administrator;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        await().until(() -> {
            jdbc.sql("delete from scheduled_tasks where task_name = 'telegram-minute' and not picked")
                    .update();
            return jdbc.sql("select count(*) from scheduled_tasks where task_name = 'telegram-minute'")
                    .query(Integer.class)
                    .single()
                    .equals(0);
        }); // what the bot says by itself would come into every conversation
    }

    @AfterEach
    void nothingWasRefused() {
        telegram.down(false);
        telegram.mute(false);
    }

    /** As people write them: hours that have begun and are not over soon, where it is as late as a new chat believes. */
    static String quietHours() {
        int hour = LocalTime.now(ZoneOffset.UTC).getHour();
        return "%d:00-%d:00".formatted((hour + 23) % 24, (hour + 3) % 24);
    }

    HttpCaller someone(String role) {
        return Person.invited(administrator, "Anna", role).loggedIn();
    }

    static String code(HttpCaller person) {
        var offer = person.send("POST", "/api/v1/telegram/pairings", null);
        assertThat(offer.status()).as(offer.body()).isEqualTo(201);
        return offer.text("code");
    }

    /** In a private chat that acts as this person. */
    Phone paired(HttpCaller person, String language) {
        var phone = telegram.phone(language);
        phone.says("/start " + code(person));
        assertThat(phone.hears()).startsWith("✅");
        return phone;
    }

    Phone manager() {
        return paired(someone("MANAGER"), "en");
    }

    static String id(HttpCaller person) {
        return person.get("/api/v1/auth/me").text("id");
    }

    void becomes(HttpCaller person, String role) {
        var path = "/api/v1/users/" + id(person);
        var seen = administrator.get(path).header("ETag");
        var changed = administrator.with("If-Match", seen).send("PATCH", path, "{\"role\": \"" + role + "\"}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    void mayNotLogIn(HttpCaller person) {
        var path = "/api/v1/users/" + id(person);
        var seen = administrator.get(path).header("ETag");
        var changed = administrator.with("If-Match", seen).send("PATCH", path, "{\"enabled\": false}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    Item item(String sku, String name, int present) {
        var item = catalogue.create(new ItemWish(sku, name, null, ItemType.SIMPLE, List.of()));
        stockroom.receive(item, present);
        return item;
    }

    AccountView sold(FakeOrder... orders) {
        var shop = shops.open(new FakeMarketplace());
        transaction.executeWithoutResult(_ -> archive.store(
                shop,
                List.of(orders).stream().map(order -> order.read(Instant.now())).toList(),
                Source.BACKFILL));
        return shop;
    }

    List<Map<String, Object>> outbox(Phone phone) {
        return jdbc.sql("select * from notifications.telegram_outbox where chat = ? order by id")
                .param(phone.chat())
                .query()
                .listOfRows();
    }

    /** What not all have heard of who listen to it. */
    List<String> unheardEvents() {
        return jdbc.sql(
                        "select listener_id || ' ' || serialized_event from event_publication where completion_date is null")
                .query(String.class)
                .list();
    }

    static String aSku() {
        return "MUG-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
