package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How an adapter says what it can do with quantities, and reads them. */
abstract class StockReadingContract extends StockSteps {

    @Test
    void writesInTheWaysThatItDeclares() {
        var writer = marketplace.stockWriter();
        var possible = writer.stream()
                .flatMap(it -> it.possibleTerms().stream())
                .flatMap(it -> it.kinds().stream())
                .collect(Collectors.toSet());

        DECLARED.forEach(
                (kind, capability) -> assertThat(marketplace.capabilities().has(capability))
                        .as("%s", capability)
                        .isEqualTo(possible.contains(kind)));
        assertThat(marketplace.capabilities().has(Capability.STOCK_READING)).isEqualTo(writer.isPresent());
        if (writer.isPresent()) {
            assertThat(writer.get().possibleTerms()).contains(terms());
            assertThat(writer.get().possibleTerms().size() > 1)
                    .isEqualTo(marketplace.capabilities().stances().containsValue(Capabilities.Support.BY_ACCOUNT));
        }
    }

    @Test
    @Proves(Capability.STOCK_READING)
    void declaresHowLongToWait() {
        var terms = terms();

        assertThat(terms.groupSize()).isPositive();
        assertThat(terms.readSize()).isPositive();
        assertThat(terms.longestDelay()).isPositive();
        assertThat(terms.minimumInterval()).isBetween(Duration.ZERO, terms.longestDelay());
        assertThat(terms.readingLag()).isBetween(Duration.ZERO, terms.longestDelay());
        assertThat(writer().longestDelay(command(new Absolute(ten(), 7, false))))
                .isPositive()
                .isLessThanOrEqualTo(terms.longestDelay());
    }

    @Test
    void refusesAnUndeclaredWrite() {
        assumeTrue(marketplace.stockWriter().isPresent());
        var listing = ten();
        for (var change :
                List.of(new Absolute(listing, 7, false), new Relative(listing, 1), new Conditional(listing, 7, "1"))) {
            if (!terms().kinds().contains(change.kind())) {
                assertThat(writer().write(command(change), connection)).isInstanceOf(Rejected.class);
            }
        }
        assertThat(shown(listing)).isEqualTo(10);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void groupsWhatMayTravelTogether() {
        var listings = showing(10, 6);
        var changes = new ArrayList<Change>();
        for (var i = 0; i < listings.size(); i++) {
            changes.add(new Absolute(listings.get(i), i % 3, false));
        }
        changes.add(new Absolute(listings.getFirst(), 9, false));

        var groups = writer().groups(changes);

        assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(changes);
        assertThat(groups).allSatisfy(group -> {
            assertThat(group).hasSizeBetween(1, terms().groupSize());
            assertThat(group).extracting(Change::listing).doesNotHaveDuplicates();
        });
    }

    @Test
    @Proves(Capability.STOCK_READING)
    void readsWhatBuyersSee() {
        var listing = ten();
        assertThat(reading(listing).quantity()).isEqualTo(10);

        stage.sell(listing, 3);
        assertThat(reading(listing).quantity()).isEqualTo(7);

        stage.sellerShows(listing, 12);
        assertThat(reading(listing).quantity()).isEqualTo(12);
    }

    @Test
    @Proves(Capability.STOCK_READING)
    void readsThatThereIsNoSuchListing() {
        assertThat(ok(writer().read(List.of("19999999999"), connection)))
                .isEqualTo(Map.of("19999999999", new Reading.Gone()));
    }

    @Test
    @Proves(Capability.STOCK_READING)
    void readsNoneOfAListingThatHasEndedWhateverNumberItStillCarries() {
        assumeTrue(terms().endsAtZero());
        var listing = ten();
        stage.sell(listing, 10);

        stage.sellerShows(listing, 5);
        assertThat(shown(listing)).isEqualTo(5);
        assertThat(reading(listing).quantity()).isZero();

        assertThat(settled(command(new Absolute(listing, 4, false)))).isEqualTo(new Outcome.Applied());
        assertThat(shown(listing)).isEqualTo(4);
        assertThat(reading(listing).quantity()).isZero();
        assertThat(stage.sell(listing, 1)).isZero();

        assertThat(settled(command(new Absolute(listing, 3, true)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(3);
    }
}
