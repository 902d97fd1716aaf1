package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.reservations.Reservations;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.Source;

import static org.assertj.core.api.Assertions.assertThat;

/** An order as a person sees it in the chat, and what he can do there. */
class OrderCardTests extends TelegramFixture {

    private static final FakeBuyer WANDA =
            new FakeBuyer("b9", "Wanda Nowakowska", "wanda@example.org", "+48 601 000 111", "wandan");
    private static final Instant PLACED = Instant.parse("2025-02-03T04:05:00Z");

    @Autowired
    Offers offers;

    @Autowired
    StockTakeover takeover;

    @Autowired
    Reservations reservations;

    private final FakeMarketplace shop = new FakeMarketplace();

    private FakeOrder order(String id, int after, FakeLine... lines) {
        return shop.place(FakeOrder.anOrder(id, PLACED.plusSeconds(after))
                .withBuyer(WANDA)
                .withLines(lines));
    }

    private AccountView kept(FakeOrder... orders) {
        var account = shops.open(shop);
        store(account, orders);
        return account;
    }

    private void store(AccountView account, FakeOrder... orders) {
        transaction.executeWithoutResult(_ -> archive.store(
                account,
                List.of(orders).stream().map(order -> order.read(Instant.now())).toList(),
                Source.FEED));
    }

    private Phone opens(String number) {
        var anna = manager();
        anna.says("/find " + number);
        anna.hears();
        anna.presses("1");
        return anna;
    }

    @Test
    void aCardSaysWhatWasOrderedAndNeverByWhom() {
        var number = aSku();
        kept(order(
                number,
                0,
                new FakeLine("l1", "o1", "CUP-<b>", "Cup & saucer", 2, "10.50"),
                new FakeLine("l2", "o2", null, "Spoon", 1, "3.00")));
        var anna = opens(number);
        assertThat(anna.reads())
                .startsWith(number + "\nShop · fake\nready (READY)")
                .contains("2 × CUP-<b> Cup & saucer · 10.50 = 21.00", "1 × Spoon · 3.00 = 3.00", "Total: ")
                .contains("Placed Feb 3, 2025", "Known since ", "changed last ")
                .doesNotContain("Wanda", "601 000", "wanda", "⚠️", "🔴");
    }

    @Test
    void oneTurnsFromOrderToOrderAndBackToTheList() {
        var sku = aSku();
        var line = new FakeLine("l", "o", sku, "Cup", 1, "1.00");
        kept(order(sku + "-1", 1, line), order(sku + "-2", 2, line), order(sku + "-3", 3, line));
        var anna = manager();
        anna.says("/find " + sku);
        assertThat(anna.hears()).contains("1. " + sku + "-3", "2. " + sku + "-2", "3. " + sku + "-1");
        anna.presses("2");
        assertThat(anna.reads()).startsWith(sku + "-2");
        anna.presses("Older »");
        assertThat(anna.reads()).startsWith(sku + "-1");
        assertThat(anna.messages().getLast().buttons).noneMatch(it -> it.label().equals("Older »"));
        anna.presses("« Newer");
        assertThat(anna.reads()).startsWith(sku + "-2");
        anna.presses("« Newer");
        assertThat(anna.reads()).startsWith(sku + "-3");
        assertThat(anna.messages().getLast().buttons).noneMatch(it -> it.label().equals("« Newer"));
        anna.presses("Older »");
        anna.reads();
        anna.presses("List");
        assertThat(anna.reads())
                .contains("1. " + sku + "-2", "2. " + sku + "-1")
                .doesNotContain(sku + "-3");
    }

    @Test
    void anOrderIsReadFromItsMarketplaceAgain() {
        var number = aSku();
        var account = kept(order(number, 0, new FakeLine("l", "o", aSku(), "Cup", 1, "1.00")));
        shop.changeSilently(number, order -> order.withStatus(OrderStatus.SHIPPED.name()));
        var anna = opens(number);
        assertThat(anna.reads()).contains("ready (READY)");
        anna.presses("Read it again");
        assertThat(anna.notices()).isEqualTo("It is as the marketplace has it now.");
        assertThat(anna.reads()).contains("shipped (SHIPPED)");
        assertThat(administrator
                        .get("/api/v1/audit?action=order.asked-for")
                        .json()
                        .path("items")
                        .get(0)
                        .at("/actor/kind")
                        .asString())
                .isEqualTo("BOT");

        shop.remove(number);
        anna.presses("Read it again");
        assertThat(anna.notices()).isEqualTo("The marketplace does not have it any more.");
        assertThat(anna.reads()).contains("the marketplace does not have it any more");
        shops.pause(account.id());
        anna.presses("Read it again");
        assertThat(anna.notices()).startsWith("The marketplace gives no answer now.");
        assertThat(anna.reads()).contains("The account does not work at the moment");
    }

    @Test
    void whoMayOnlyLookIsOfferedNothingElseAndCannotForceIt() {
        var number = aSku();
        kept(order(number, 0, new FakeLine("l", "o", aSku(), "Cup", 1, "1.00")));
        var person = someone("MANAGER");
        var anna = paired(person, "en");
        anna.says("/find " + number);
        anna.hears();
        anna.presses("1");
        anna.reads();
        becomes(person, "VIEWER");
        anna.presses("Read it again");
        assertThat(anna.notices()).isEqualTo("For this one needs the role manager.");
        anna.says("/find " + number);
        anna.hears();
        anna.presses("1");
        anna.reads();
        assertThat(anna.messages().getLast().buttons)
                .extracting(ShownChat.Button::label)
                .containsExactly("List");
    }

    @Test
    void whatStandsInItsWayIsSaidAndExplained() {
        var mug = item(aSku(), "Mug", 1);
        var account = shops.open(shop);
        takeover.takeOver(account.id(), Beginning.counted(Instant.now().minusSeconds(3600)), "test");
        var offer = offer(account, mug);
        var number = aSku();
        var order = order(
                number,
                Math.toIntExact(Duration.between(PLACED, Instant.now()).toSeconds()),
                new FakeLine("l-" + number, offer, "something-else", "Mug", 3, "1.00"),
                new FakeLine("m-" + number, "o-" + number, null, "Mystery <i>", 1, "1.00"));
        store(account, order);
        reservations.judge(account.id(), List.of(id(number)));
        var anna = opens(number);
        assertThat(anna.reads())
                .contains("🔴 " + mug.sku() + " is oversold by this order; missing: 2")
                .contains("Nobody has said what Mystery <i> sells");
        anna.presses("Why " + mug.sku() + "?");
        assertThat(anna.hears()).startsWith(mug.sku()).contains("3 for order " + number);
    }

    @Test
    void whyTellsWhatSeparatesWhatIsShownFromWhatIsToBeShown() {
        var mug = item(aSku(), "Mug", 4);
        var account = shops.open(shop);
        takeover.takeOver(account.id(), Beginning.counted(Instant.now().minusSeconds(3600)), "test");
        var here = offers.selling(account.id(), mug);
        var there = offers.selling(account.id(), mug);
        jdbc.sql("""
                        insert into inventory.decisions (listing, at, desired, steps) values (:here, now(), 1, :steps::jsonb)""")
                .param("here", here.value())
                .param("steps", """
                        [{"kind": "AVAILABLE", "quantity": 4}, {"kind": "OTHER_LISTINGS", "quantity": -3, "others":
                          {"most": [{"listing": {"value": "%s"}, "units": 3}], "rest": 2}}]""".formatted(there))
                .update();
        jdbc.sql("insert into inventory.sightings (listing, at, quantity) values (?, now(), 9)")
                .param(here.value())
                .update();
        var anna = manager();

        anna.says("/why " + mug.sku());

        assertThat(anna.hears())
                .contains("+4 available", "-3 kept for other listings", "3 for " + account.name(), "and 2 more")
                .contains("+8 not written yet", "shown: 9")
                .contains("– never read yet", "shown: –");
    }

    private OrderId id(String number) {
        return jdbc.sql("select id from orders.orders where number = ?")
                .param(number)
                .query((row, _) -> new OrderId(row.getObject("id", UUID.class)))
                .single();
    }

    private String offer(AccountView account, Item item) {
        return jdbc.sql("select external_id from inventory.listings where id = ?")
                .param(offers.selling(account.id(), item).value())
                .query(String.class)
                .single();
    }

    @Test
    void anOrderThatIsNotThereIsSaidToBeNone() {
        var anna = manager();
        var number = aSku();
        kept(order(number, 0, new FakeLine("l", "o", aSku(), "Cup", 1, "1.00")));
        anna.says("/find " + number);
        anna.hears();
        jdbc.sql("update notifications.telegram_buttons set argument = ? where chat = ? and step = 'order.show'")
                .params(UUID.randomUUID().toString(), anna.chat())
                .update();
        anna.presses("1");
        assertThat(anna.notices()).startsWith("That was refused:");
    }
}
