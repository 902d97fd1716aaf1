package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

import dev.kontor.access.Role;
import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ledger.Movement;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.MarketplaceCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people ask the bot, and what it says. */
class ConversationTests extends TelegramFixture {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    ConnectSteps connecting;

    @Test
    void ordersComeByThePageAndNeverWithTheirBuyer() {
        var buyer = new FakeBuyer("b1", "Wanda Nowakowska", "wanda@example.org", "+48 601 000 111", "wandan");
        var sku = aSku();
        for (int order = 0; order < 7; order++) {
            sold(FakeOrder.anOrder(
                            sku + "-" + order,
                            Instant.parse("2033-01-01T00:00:00Z").plusSeconds(order))
                    .withBuyer(buyer)
                    .withLines(new FakeLine("l", "offer", sku, "Mug <b>", 2, "10.00")));
        }
        var anna = manager();

        anna.says("/orders");
        var first = anna.hears();
        assertThat(first).startsWith("The newest orders").contains("2 × " + sku).doesNotContain("Wanda", "601 000");
        anna.presses("Older »");
        assertThat(anna.reads()).contains("The newest orders").isNotEqualTo(first);
        anna.presses("« First");
        assertThat(anna.reads()).isEqualTo(first);

        anna.says("/find Nowakowska " + sku);
        assertThat(anna.hears()).startsWith("Orders with “Nowakowska " + sku).doesNotContain("wanda");
        anna.says("/find " + sku + " nobody-has-this");
        assertThat(anna.hears()).isEqualTo("No order has all these words.");
        anna.says("/find");
        assertThat(anna.hears()).startsWith("Write the words behind it");
        anna.says("/find <>&");
        assertThat(anna.hears()).startsWith("That was refused:");
    }

    @Test
    void aViewerDoesNotFindBuyersByTheirName() {
        sold(FakeOrder.anOrder(aSku(), Instant.parse("2026-11-01T12:00:00Z"))
                .withBuyer(new FakeBuyer("b2", "Unikatowa Osoba", "u@example.org", "+48 601 000 112", "unik")));
        var boris = paired(someone("VIEWER"), "en");
        boris.says("/find Unikatowa");
        assertThat(boris.hears()).isEqualTo("No order has all these words.");
    }

    @Test
    void stockIsSetOnceItIsConfirmedAndTakenBack() {
        var sku = aSku();
        var item = item(sku, "Mug & <saucer>", 10);
        var person = someone("MANAGER");
        var anna = paired(person, "en");

        anna.says("/stock " + sku);
        assertThat(anna.hears())
                .contains(sku + " Mug & <saucer>", "Available: 10", "10 available, 10 there, 0 reserved");
        anna.says("/set " + sku + " 7 three are broken <oops>");
        assertThat(anna.hears()).contains("There are 10", "Set to 7?", "Reason: three are broken <oops>");
        assertThat(stockroom.present(item)).isEqualTo(10);
        var confirm = anna.buttonOf("Confirm");
        anna.presses(confirm);
        assertThat(anna.reads()).isEqualTo("✅ " + sku + ": 10 → 7");
        assertThat(stockroom.present(item)).isEqualTo(7);

        anna.presses(confirm);
        assertThat(anna.notices()).as("the same press again").isEqualTo("This was decided already.");
        anna.presses("Undo");
        assertThat(anna.reads()).isEqualTo("↩️ " + sku + ": 7 → 10");
        assertThat(stockroom.present(item)).isEqualTo(10);
        anna.presses(confirm);
        assertThat(anna.notices()).isEqualTo("This was decided already.");
        assertThat(stockroom.movements(item)).hasSize(3);
        assertThat(stockroom.movements(item).stream().map(Movement::cause).skip(1))
                .allMatch(cause -> cause.actor().equals("person " + id(person)));

        var entries = administrator.get("/api/v1/audit?action=stock.moved&objectId=" + item.id());
        var mine = entries.json()
                .path("items")
                .valueStream()
                .filter(it -> it.at("/actor/kind").asString().equals("BOT"))
                .toList();
        assertThat(mine).hasSize(2).allSatisfy(it -> {
            assertThat(it.at("/actor/id").asString()).isEqualTo(id(person));
            assertThat(it.path("correlation").asString()).startsWith("telegram-");
            assertThat(it.toString()).doesNotContain("broken");
        });
    }

    @Test
    void whatIsCancelledChangesNothing() {
        var sku = aSku();
        var item = item(sku, "Mug", 10);
        var anna = manager();
        anna.says("/set " + sku + " 0 all gone");
        anna.hears();
        var confirm = anna.buttonOf("Confirm");
        anna.presses("Cancel");
        assertThat(anna.reads()).isEqualTo("Nothing was changed.");
        anna.presses(confirm);
        assertThat(anna.notices()).isEqualTo("This was decided already.");
        assertThat(stockroom.present(item)).isEqualTo(10);
    }

    @Test
    void whatCannotBeMeantIsAnsweredClearlyAndChangesNothing() {
        var sku = "A <b>&" + aSku();
        var item = item(sku, "Mug", 10);
        var anna = manager();
        anna.says("/set");
        assertThat(anna.hears()).startsWith("Write SKU, number and reason");
        anna.says("/set " + aSku());
        assertThat(anna.hears()).startsWith("Write SKU, number and reason");
        anna.says("/set \"" + sku + "\" 12");
        assertThat(anna.hears()).as("without a reason").startsWith("Write SKU, number and reason");
        for (var number : new String[] {"-1", "1.5", "many", "99999999999999999999", "1000000001", "1e3", "<1>"}) {
            anna.says("/set \"" + sku + "\" " + number + " counted");
            assertThat(anna.hears())
                    .startsWith(number + " is no number of units")
                    .contains("1,000,000,000");
        }
        anna.says("/set no-such-<i>sku</i> 3 counted");
        assertThat(anna.hears()).isEqualTo("There is no item no-such-<i>sku</i>.");
        anna.says("/stock <code>");
        assertThat(anna.hears()).isEqualTo("There is no item <code>.");
        anna.says("/set \"" + sku + "\" 3 " + "x".repeat(301));
        assertThat(anna.hears()).startsWith("The reason may have at most 300");
        anna.says("/dance now");
        assertThat(anna.hears()).startsWith("I do not know /dance");
        anna.says("please");
        assertThat(anna.hears()).startsWith("I understand commands only");
        assertThat(stockroom.present(item)).isEqualTo(10);

        anna.says("/set \"" + sku + "\" 11 counted");
        assertThat(anna.hears()).contains(sku, "Set to 11?");
        assertThat(telegram.refused()).as("what Telegram did not understand").noneMatch(it -> it.contains("parse"));
    }

    @Test
    void theRoleOfTheMomentCounts() {
        var sku = aSku();
        var item = item(sku, "Mug", 10);
        var person = someone("MANAGER");
        var anna = paired(person, "en");
        anna.says("/set " + sku + " 4 counted");
        anna.hears();
        becomes(person, "VIEWER");

        anna.presses("Confirm");
        assertThat(anna.notices()).isEqualTo("For this one needs the role manager.");
        anna.says("/set " + sku + " 4 counted");
        assertThat(anna.hears()).isEqualTo("For this one needs the role manager.");
        assertThat(stockroom.present(item)).isEqualTo(10);

        becomes(person, "MANAGER");
        anna.presses("Confirm");
        assertThat(anna.reads()).contains("10 → 4");
    }

    @Test
    void aPressThatNoButtonWasShownForIsRefused() {
        var sku = aSku();
        var item = item(sku, "Mug", 10);
        var anna = manager();
        var boris = manager();
        anna.says("/set " + sku + " 4 counted");
        anna.hears();
        var confirm = anna.buttonOf("Confirm");

        for (var data : new String[] {
            "AAAAAAAAAAAAAAAAAAAAAA", "set.do", "x", "🙂", confirm.data().substring(1), confirm.data() + "A", "'; drop"
        }) {
            anna.pressesData(confirm.message(), data);
            assertThat(anna.notices()).as(data).startsWith("This button is too old, or it is none of mine.");
        }
        boris.pressesData(confirm.message(), confirm.data());
        assertThat(boris.notices()).as("in another chat").startsWith("This button is too old");
        assertThat(stockroom.present(item)).isEqualTo(10);
    }

    @Test
    void aButtonThatIsTooOldChangesNothing() {
        var sku = aSku();
        var item = item(sku, "Mug", 10);
        var anna = manager();
        anna.says("/set " + sku + " 4 counted");
        anna.hears();
        jdbc.sql("update notifications.telegram_buttons set expires_at = now() - interval '1 s' where chat = ?")
                .param(anna.chat())
                .update();
        anna.presses("Confirm");
        assertThat(anna.notices()).startsWith("This button is too old");
        assertThat(stockroom.present(item)).isEqualTo(10);
    }

    @Test
    void whoMayOnlyLookChangesNothingByAnyButton(@Autowired List<Step.Source> sources, @Autowired Buttons buttons) {
        var changing = sources.stream()
                .flatMap(source -> source.steps().stream())
                .filter(step -> step.least() != Role.VIEWER && !step.name().startsWith("/"))
                .map(Step::name)
                .toList();
        assertThat(changing)
                .containsExactlyInAnyOrder(
                        "alert.take",
                        "alert.snooze",
                        "alert.resolve",
                        "alert.retry",
                        "alert.pause",
                        "alert.resume",
                        "bundle.take",
                        "bundle.snooze",
                        "alert.approve",
                        "alert.reject",
                        "order.refresh",
                        "set.do",
                        "set.no",
                        "set.undo",
                        "settings.tune");

        var boris = paired(someone("VIEWER"), "en");
        for (var step : changing) {
            var keys = buttons.keep(
                    boris.chat(), List.of(List.of(Reply.Button.of(step, step, ""))), Duration.ofMinutes(1));
            boris.pressesData(1, keys.getFirst().getFirst().data());
            assertThat(boris.notices()).as(step).isEqualTo("For this one needs the role manager.");
        }
    }

    @Test
    void anUpdateThatIsToldTwiceIsActedOnOnce() {
        var sku = aSku();
        var item = item(sku, "Mug", 10);
        var anna = manager();
        var update = anna.says("/stock " + sku);
        anna.hears();
        jdbc.sql("update notifications.telegram_polling set last_update_at = now() - interval '7 days'")
                .update(); // so that Kontor asks for whatever there is
        telegram.tellsAgain(
                update,
                java.util.Map.of(
                        "message",
                        java.util.Map.of(
                                "message_id",
                                1,
                                "date",
                                1,
                                "chat",
                                java.util.Map.of("id", anna.chat(), "type", "private"),
                                "from",
                                java.util.Map.of("id", anna.chat(), "is_bot", false, "first_name", "A"),
                                "text",
                                "/stock " + sku)));
        anna.says("/help");
        assertThat(anna.hears()).startsWith("What you can ask for");
        assertThat(anna.unheard()).isEmpty();
        assertThat(telegram.given(update)).as("it was given out again").isGreaterThan(1);
        assertThat(stockroom.present(item)).isEqualTo(10);
    }

    @Test
    void whyTakesTheNumbersApart() {
        var sku = aSku();
        var item = item(sku, "Mug", 10);
        var anna = manager();
        anna.says("/set " + sku + " 7 broken");
        anna.hears();
        anna.presses("Confirm");
        anna.reads();

        anna.presses("Why?");
        assertThat(anna.hears())
                .contains(
                        sku, "7 there", "+10 received (movements: 1)", "-3 by counting (movements: 1)", "Available: 7");
        anna.says("/why " + sku.toLowerCase(java.util.Locale.ROOT));
        assertThat(anna.hears()).contains("Available: 7");
        anna.says("/why");
        assertThat(anna.hears()).startsWith("Write the SKU behind it");
        assertThat(stockroom.present(item)).isEqualTo(7);
    }

    @Test
    void stockIsListedByThePage() {
        for (int number = 0; number < 12; number++) {
            item("0-" + aSku(), "Listed", number);
        }
        var anna = manager();
        anna.says("/stock");
        var first = anna.hears();
        assertThat(first).startsWith("Stock\n0-").hasLineCount(11);
        anna.presses("Older »");
        assertThat(anna.reads()).isNotEqualTo(first);
    }

    @Test
    void healthAndAccountsAreToldAtAGlance() {
        var anna = manager();
        anna.says("/health");
        assertThat(anna.hears()).startsWith("How things stand");
        anna.presses("Refresh");
        anna.says("/accounts");
        assertThat(anna.hears()).isNotEmpty();
        await().untilAsserted(() ->
                assertThat(outbox(anna)).allMatch(it -> it.get("state").equals("SENT")));
    }

    @Test
    void ordersComeAsAFile() {
        var sku = "=" + aSku();
        sold(FakeOrder.anOrder(sku, Instant.now().minusSeconds(60))
                .withBuyer(new FakeBuyer("b3", "Wanda Nowakowska", "w@example.org", "+48 601 000 113", "wn"))
                .withLines(new FakeLine("l", "offer", sku, "Mug, \"large\"", 2, "10.00")));
        var anna = manager();
        anna.says("/export 1");
        assertThat(anna.hears()).matches("file orders-[0-9-]{10}-[0-9-]{10}\\.csv");
        var file = anna.messages().getLast();
        assertThat(file.text).startsWith("Orders: ");
        assertThat(file.content)
                .startsWith("number,account,status,placedAt,total,currency,sku,name,quantity\r\n")
                .contains(",'" + sku + ",\"Mug, \"\"large\"\"\",2")
                .doesNotContain("Wanda", "Nowakowska", "w@example.org", "601 000 113");
        for (var nonsense : new String[] {"0", "-1", "many", "9999", "367"}) {
            anna.says("/export " + nonsense);
            assertThat(anna.hears()).as(nonsense).startsWith("Write a number of days");
        }
    }

    @Test
    void anAccountIsConnectedByACodeThatComesIntoTheChat() {
        var person = someone("MANAGER");
        var anna = paired(person, "en");
        anna.says("/connect");
        assertThat(anna.hears()).startsWith("Write marketplace and name: /connect fake");
        anna.says("/connect <nowhere> Shop");
        assertThat(anna.hears()).startsWith("I know no marketplace <nowhere>");
        anna.says("/connect fake " + "x".repeat(101));
        assertThat(anna.hears()).startsWith("The name may have at most 100");

        anna.says("/connect fake Corner <shop>");
        assertThat(anna.hears()).startsWith("Open the page").contains("confirm the code");
        assertThat(anna.messages().getLast().buttons)
                .anyMatch(button -> button.link().startsWith("http"));
        var account = jdbc.sql("select id from accounts.accounts where name = 'Corner <shop>'")
                .query(UUID.class)
                .single();
        anna.says("/accounts");
        assertThat(anna.hears()).contains("Corner <shop> (fake): waits for confirmation");

        var confirmed = new AccountActivated(new AccountId(account), new MarketplaceCode("fake"), Instant.now());
        for (int time = 0; time < 2; time++) {
            transaction.executeWithoutResult(_ -> events.publishEvent(confirmed));
            await().untilAsserted(
                            () -> assertThat(unheardEvents()).isEmpty()); // as after a crash, and not both at once
        }
        assertThat(anna.hears()).contains("is connected");
        anna.says("/help");
        assertThat(anna.hears()).startsWith("What you can ask for");
    }

    @Test
    void aSellerWhoRefusesIsToldOfToo() {
        var anna = manager();
        anna.says("/connect fake Refused shop");
        anna.hears();
        connecting.look();
        var account = jdbc.sql("select id from accounts.accounts where name = 'Refused shop'")
                .query(UUID.class)
                .single();
        jdbc.sql("update accounts.accounts set state = 'REFUSED' where id = ?")
                .param(account)
                .update();
        connecting.look();
        connecting.look();
        assertThat(anna.hears()).contains("was not connected: the seller refused");
        assertThat(anna.unheard()).isEmpty();
    }

    @Test
    void whatIsTooLongForTheMessageOfTheButtonIsSaidAnewAndWhole() {
        var anna = manager();
        anna.says("/health");
        anna.hears();
        var names = "A very long name of a shop ".repeat(3);
        jdbc.sql("""
                        insert into accounts.accounts (id, name, marketplace, owner_id, state, created_at, changed_at, version)
                        select gen_random_uuid(), ? || number, 'fake', gen_random_uuid(), 'ACTIVE', now(), now(), 1
                        from generate_series(1, 60) as number""").param(names).update();
        anna.presses("Refresh");
        var all = anna.hears() + anna.hears();
        jdbc.sql("delete from accounts.accounts where name like 'A very long name%'")
                .update();
        for (int number = 1; number <= 60; number++) {
            assertThat(all).contains(names + number + " ");
        }
    }
}
