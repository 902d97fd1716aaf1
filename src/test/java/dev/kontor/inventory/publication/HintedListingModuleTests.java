package dev.kontor.inventory.publication;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.HintReceived;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Subject;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;

import static org.assertj.core.api.Assertions.assertThat;

/** A marketplace tells by itself that the quantity of a product or of a listing has changed. */
class HintedListingModuleTests extends PublicationFixture {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Marketplaces marketplaces;

    private static final Duration LAG = Duration.ofSeconds(10);

    private String product;

    @BeforeEach
    void nameAProduct() {
        product = Stockroom.aSku();
    }

    private Listing variant(Stall stall, String suffix) {
        var listing = list(stall, stockroom.anItem(product + suffix), 3);
        jdbc.sql("update inventory.publications set read_wanted = false where listing = ?")
                .param(listing.id().value())
                .update();
        return listing;
    }

    private void told(Stall stall, Subject subject, String about) {
        tell(stall, subject, about);
        perform("note");
    }

    private void tell(Stall stall, Subject subject, String about) {
        var id = UUID.randomUUID();
        var hint = new Hint(id.toString(), subject, "fake.changed", about, null, clock.instant());
        transaction.executeWithoutResult(status ->
                events.publishEvent(new HintReceived(id, stall.account().id(), hint, clock.instant())));
    }

    private List<Listing> looked(List<Listing> among) {
        return among.stream()
                .filter(it -> row(it).get("read_wanted").equals(true))
                .toList();
    }

    @Test
    void looksAtAllVariantsOfTheProductAndAtNothingElse() {
        var stall = aStall();
        var red = variant(stall, "/red");
        var blue = variant(stall, "/blue");
        var longer = variant(stall, "0/red"); // the byte after a slash
        var dotted = variant(stall, ".red"); // and the one before
        var itself = variant(stall, "");

        told(stall, Subject.STOCK, itself.externalId());

        assertThat(looked(List.of(red, blue, longer, dotted, itself))).containsExactly(red, blue, itself);
    }

    @Test
    void looksAtTheOneVariantThatIsNamed() {
        var stall = aStall();
        var red = variant(stall, "/red");
        var reddish = variant(stall, "/red-2");

        told(stall, Subject.LISTING, red.externalId());

        assertThat(looked(List.of(red, reddish))).containsExactly(red);
    }

    @Test
    void leavesTheSameIdAtAnotherAccountAlone() {
        var told = aStall();
        var other = aStall();
        var here = variant(told, "");
        var there = list(other, stockroom.anItem(Stockroom.aSku()), 3);
        jdbc.sql("update inventory.publications set read_wanted = false, external_id = ? where listing = ?")
                .params(here.externalId(), there.id().value())
                .update();

        told(told, Subject.STOCK, here.externalId());

        assertThat(looked(List.of(here, there))).containsExactly(here);
    }

    /** Its marketplace waits for an answer, and would tell again. */
    @Test
    void isToldWhileSomebodyElseIsAtWorkOnTheListing() {
        var stall = aStall();
        var listing = variant(stall, "");

        transaction.executeWithoutResult(status -> {
            jdbc.sql("select from inventory.publications where listing = ? for update")
                    .param(listing.id().value())
                    .query(row -> {});
            CompletableFuture.runAsync(() -> tell(stall, Subject.STOCK, listing.externalId()))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        });
        perform("note");

        assertThat(looked(List.of(listing))).containsExactly(listing);
    }

    /** What it tells of is the write, most likely. A list that lags shows it so much later than the marketplace tells. */
    @Test
    void looksOnceAtWhatWasWrittenAndToldOf() {
        var stall = aStall();
        stall.shop().stockTerms(lagging());
        var traits = (FakeMarketplace) marketplaces.get(stall.shop().code());
        var usual = traits.stockWriter().orElseThrow().possibleTerms().getFirst();
        traits.stockTerms(lagging());
        try {
            looksOnce(stall);
        } finally {
            traits.stockTerms(usual);
        }
    }

    private void looksOnce(Stall stall) {
        var mug = stockroom.anItemWith(3);
        var listing = list(stall, mug, 3);
        settle(stall);
        stockroom.receive(mug, 2);
        work();
        assertThat(row(listing)).containsEntry("state", "APPLIED").containsEntry("work", "READ");

        clock.advance(Duration.ofSeconds(3));
        told(stall, Subject.STOCK, listing.externalId());

        var dueAt = dueAt(listing);
        assertThat(dueAt).isAfterOrEqualTo(clock.instant().plus(LAG));

        clock.advance(Duration.ofSeconds(4));
        told(stall, Subject.STOCK, listing.externalId());

        assertThat(dueAt(listing))
                .as("when what is told anew and anew cannot be of the write")
                .isEqualTo(dueAt);
    }

    private Instant dueAt(Listing listing) {
        return ((Timestamp) row(listing).get("due_at")).toInstant();
    }

    private static Terms lagging() {
        return new Terms(
                Set.of(Kind.RELATIVE), 100, 100, false, Duration.ZERO, Duration.ofMinutes(10), LAG, false, false);
    }
}
