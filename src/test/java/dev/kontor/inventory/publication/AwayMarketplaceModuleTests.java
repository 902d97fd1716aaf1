package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeListing;
import dev.kontor.marketplaces.FakeMarketplace.Line;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;
import dev.kontor.marketplaces.exchange.ExchangeLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Thousands of writes are due, and few of them can be sent. */
class AwayMarketplaceModuleTests extends PublicationFixture {

    private static final int MANY = 2_000;
    private static final int PLENTY = 1_000_000;

    private static final Terms ONE_BY_ONE = new Terms(
            Set.of(Kind.values()), 1, 100, false, Duration.ZERO, Duration.ofMinutes(10), Duration.ZERO, true, false);

    @Autowired
    Signal signal;

    private Terms usual = ONE_BY_ONE;

    @BeforeEach
    void everyListingIsWrittenToByItself() {
        usual = shops.stockTerms(ONE_BY_ONE);
    }

    @AfterEach
    void asUsual() {
        shops.stockTerms(usual);
    }

    /** What nobody answers is tried by few, and what buyers must not buy any more goes first when somebody does. */
    @Test
    void whatWaitsForAMarketplaceIsNotTriedAgainAndAgain() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(PLENTY);
        var listings = many(one, mug);
        var cup = stockroom.anItemWith(500);
        var here = list(one, cup, 500);
        var there = list(other, cup, 500);
        work();
        var line = new ExchangeLine(clock, PLENTY, 60 * PLENTY);
        one.shop().behind(line);
        var before = writes(one);
        var arrived = written(one);

        line.cut();
        stockroom.receive(mug, 1_000);
        wait(Duration.ofMinutes(30));
        buy(other, there, 500);
        hear(other);
        wait(Duration.ofMinutes(30));

        assertThat(line.lost()).as("calls while it was away").isLessThan(100);
        assertThat(arrived).isEmpty();
        line.mend();
        wait(Duration.ofMinutes(6));

        assertThat(arrived.stream().limit(2)).as("what came first").contains(here.externalId());
        assertThat(one.shows(here)).isZero();
        assertThat(listings).allMatch(listing -> one.shop().shown(listing) == PLENTY + 1_000);
        assertThat(verified(one)).isEqualTo(MANY + 1);
        assertThat(writes(one) - before).as("writes in the journal").isLessThan(MANY + 600);
    }

    @Test
    void aZeroGoesAtOnceWhileThousandsOfOtherWritesAreDue() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(PLENTY);
        many(one, mug);
        var cup = stockroom.anItemWith(500);
        var here = list(one, cup, 500);
        var there = list(other, cup, 500);
        work();
        one.shop().behind(new ExchangeLine(clock, 100, 600));
        var arrived = written(one);
        stockroom.receive(mug, 1_000);
        var publisher = new Publisher(duties, signal, Duration.ofMillis(100), clock);
        publisher.start();
        try {
            await().until(() -> arrived.size() >= 20);

            buy(other, there, 500);
            hear(other);
            await().until(() -> Objects.equals(row(here).get("verified"), 0L));

            assertThat(one.shows(here)).isZero();
            assertThat(arrived.size()).as("written meanwhile").isLessThan(MANY / 10);
        } finally {
            one.shop().behind(Line.DIRECT);
            publisher.stop();
        }
    }

    @Test
    void aNewZeroIsTriedAtOnceWhereOthersWait() {
        var one = aStall();
        var items =
                IntStream.range(0, 4).mapToObj(it -> stockroom.anItemWith(1)).toList();
        items.forEach(item -> list(one, item, 1));
        settle(one);
        putsOff(one, Duration.ofMinutes(5));
        soldOut(items.get(0));
        soldOut(items.get(1));
        var tried = one.shop().calls(Operation.WRITE);
        work();
        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(tried);

        soldOut(items.get(2));

        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(tried + 1);
        work();
        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(tried + 1);
    }

    /** The marketplace told a time, and somebody else was answered before. */
    @Test
    void whatWasPutOffGoesOnAsSoonAsAnythingIsAnswered() {
        var one = aStall();
        var items =
                IntStream.range(0, 4).mapToObj(it -> stockroom.anItemWith(1)).toList();
        var all = items.stream().map(item -> list(one, item, 1)).toList();
        settle(one);
        putsOff(one, Duration.ofMinutes(5));
        items.subList(0, 3).forEach(this::soldOut);
        one.shop().heal();

        soldOut(items.get(3));

        assertThat(all).allMatch(listing -> one.shows(listing) == 0);
    }

    private void putsOff(Stall stall, Duration time) {
        stall.shop()
                .failAlways(
                        Operation.WRITE, new Answer.Throttled<>(clock.instant().plus(time)));
    }

    private void soldOut(Item item) {
        clock.advance(Duration.ofSeconds(1));
        correct(item, -1);
        work();
    }

    /** All of them sell the same. */
    private List<String> many(Stall stall, Item item) {
        var offers = IntStream.range(0, MANY).mapToObj(it -> "many-" + it).toList();
        offers.forEach(offer -> stall.shop().list(FakeListing.aListing(offer, item.sku(), PLENTY)));
        var seen = listings.seen(
                stall.account().id(),
                offers.stream()
                        .map(offer -> new Seen(offer, "", item.sku(), "Mug"))
                        .toList(),
                clock.instant());
        linking.matchAgain(
                stall.account().id(), seen.values().stream().map(Listing::id).toList());
        return offers;
    }

    private static List<String> written(Stall stall) {
        var written = Collections.synchronizedList(new ArrayList<String>());
        stall.shop().onCall((operation, argument) -> {
            if (operation == Operation.WRITE && argument instanceof Command command) {
                command.changes().forEach(change -> written.add(change.listing()));
            }
        });
        return written;
    }

    private long writes(Stall stall) {
        return count(
                "select count(*) from inventory.writes w join inventory.listings l on l.id = w.listing"
                        + " where l.account = ?",
                stall);
    }

    private long verified(Stall stall) {
        return count(
                "select count(*) from inventory.publications where account = ? and state = 'VERIFIED' and verified = desired",
                stall);
    }

    private long count(String sql, Stall stall) {
        return jdbc.sql(sql)
                .param(stall.account().id().value())
                .query(Long.class)
                .single();
    }
}
