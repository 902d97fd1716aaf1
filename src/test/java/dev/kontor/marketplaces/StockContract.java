package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Stage.Hitch;
import dev.kontor.marketplaces.Stage.Trouble;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What every adapter must do with quantities: read them, write them once, and find out what became of a write. */
abstract class StockContract extends ListingContract {

    private static final Map<Kind, Capability> DECLARED = Map.of(
            Kind.ABSOLUTE, Capability.ABSOLUTE_STOCK,
            Kind.RELATIVE, Capability.RELATIVE_STOCK,
            Kind.CONDITIONAL, Capability.CONDITIONAL_STOCK);

    StockWriter writer() {
        return marketplace.stockWriter().orElseThrow();
    }

    private StockWriter.Terms terms() {
        return ok(writer().terms(connection));
    }

    @Override
    boolean offers(Capability capability) {
        return marketplace.capabilities().of(capability) != Capabilities.Support.BY_ACCOUNT
                || DECLARED.entrySet().stream()
                        .filter(declared -> declared.getValue() == capability)
                        .anyMatch(declared -> terms().kinds().contains(declared.getKey()));
    }

    /** A listing on sale that shows ten. */
    private String ten() {
        return showing(10, 1).getFirst();
    }

    private List<String> showing(int quantity, int count) {
        var ids = allListings(null, page -> {}).stream()
                .filter(listing -> listing.status() == Listing.Status.ON_SALE)
                .filter(listing -> !listing.fulfilledByMarketplace())
                .map(Listing::externalId)
                .distinct()
                .limit(count)
                .toList();
        assertThat(ids).hasSize(count);
        ids.forEach(id -> stage.sellerShows(id, quantity));
        return ids;
    }

    private int shown(String listing) {
        return stage.stock().getOrDefault(listing, -1);
    }

    private Reading.Shown reading(String listing) {
        stage.pass(terms().readingLag());
        var reading = ok(writer().read(List.of(listing), connection)).get(listing);
        assertThat(reading).isInstanceOf(Reading.Shown.class);
        return (Reading.Shown) reading;
    }

    /** By then a token may have expired. */
    private void waitAsLongAsAnyWriteTakes() {
        stage.pass(terms().longestDelay());
        connection = stage.connect();
    }

    private static Command command(Change... changes) {
        return new Command(UUID.randomUUID(), List.of(changes));
    }

    /** Sends a command and asks until its outcome is final. */
    private Outcome settled(Command command) {
        return settledAll(command).get(command.changes().getFirst().listing());
    }

    private Map<String, Outcome> settledAll(Command command) {
        var outcomes = new HashMap<>(ok(writer().write(command, connection)));
        for (var round = 0;
                round < 60 && outcomes.values().stream().anyMatch(Outcome.Accepted.class::isInstance);
                round++) {
            stage.pass(Duration.ofSeconds(2));
            outcomes.putAll(asked(command, outcomes));
        }
        outcomes.replaceAll((listing, outcome) -> outcome instanceof Outcome.Applied ? new Outcome.Applied() : outcome);
        return outcomes;
    }

    private Map<String, Outcome> asked(Command command, Map<String, Outcome> outcomes) {
        var ticket = outcomes.values().stream()
                .flatMap(outcome -> outcome instanceof Outcome.Accepted accepted
                        ? Stream.ofNullable(accepted.ticket())
                        : Stream.empty())
                .findFirst()
                .orElse(null);
        return ok(writer().state(command, ticket, connection));
    }

    // The declaration

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

    // Reading

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

    // Writing

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void replacesAQuantity() {
        var listing = ten();

        assertThat(settled(command(new Absolute(listing, 7, false)))).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(7);
        assertThat(reading(listing).quantity()).isEqualTo(7);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void takesAListingToZeroAndBack() {
        assumeTrue(terms().zero());
        var listing = ten();

        assertThat(settled(command(new Absolute(listing, 0, false)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
        assertThat(stage.sell(listing, 1)).isZero();

        var ends = terms().endsAtZero();
        assertThat(settled(command(new Absolute(listing, 4, ends)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(4);
        assertThat(stage.sell(listing, 1)).isEqualTo(1);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void changesAQuantityByADifferenceWhateverIsSoldMeanwhile() {
        var listing = ten();
        stage.sell(listing, 2);

        assertThat(settled(command(new Relative(listing, -3)))).isEqualTo(new Outcome.Applied());
        assertThat(settled(command(new Relative(listing, 4)))).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(9);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void refusesADifferenceThatIsTooLarge() {
        var listing = ten();

        assertThat(settled(command(new Relative(listing, -11)))).isInstanceOf(Outcome.Rejected.class);

        assertThat(shown(listing)).isEqualTo(10);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void writesUnderTheRevisionThatWasReadAndUnderNoOther() {
        var listing = ten();
        var revision = String.valueOf(reading(listing).revision());

        stage.sell(listing, 1);
        assertThat(settled(command(new Conditional(listing, 20, revision)))).isInstanceOf(Outcome.Rejected.class);
        assertThat(shown(listing)).isEqualTo(9);

        var fresh = String.valueOf(reading(listing).revision());
        assertThat(settled(command(new Conditional(listing, 20, fresh)))).isEqualTo(new Outcome.Applied());
        assertThat(shown(listing)).isEqualTo(20);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void anUnknownListingCostsOnlyItself() {
        var good = ten();
        var command = command(new Relative("19999999999", 5), new Relative(good, 5));
        assumeTrue(writer().groups(command.changes()).size() == 1);

        var outcomes = settledAll(command);

        if (outcomes.get(good) instanceof Outcome.Unknown) { // one answer for all of them
            assertThat(outcomes.values()).hasOnlyElementsOfType(Outcome.Unknown.class);
            assertThat(writer().groups(command.changes())).as("the next time").hasSize(2);
            outcomes.putAll(settledAll(command(command.changes().getFirst())));
            outcomes.putAll(settledAll(command(new Relative(good, 15 - shown(good)))));
        }
        assertThat(outcomes.get("19999999999")).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(good)).isEqualTo(new Outcome.Applied());
        assertThat(shown(good)).isEqualTo(15);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void changesManyQuantitiesByTheirDifferences() {
        var listings = showing(10, 6);
        stage.sell(listings.getFirst(), 1);
        var changes = new ArrayList<Change>();
        for (var i = 0; i < listings.size(); i++) {
            changes.add(new Relative(listings.get(i), i % 2 == 0 ? -2 : 3));
        }

        for (var group : writer().groups(changes)) {
            assertThat(group).hasSizeBetween(1, terms().groupSize());
            assertThat(settledAll(new Command(UUID.randomUUID(), group)).values())
                    .containsOnly(new Outcome.Applied());
        }

        assertThat(shown(listings.getFirst())).isEqualTo(7);
        assertThat(listings.stream().skip(1).map(this::shown)).containsExactly(13, 8, 13, 8, 13);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void takesAListingToZeroAndBackUnderItsRevisions() {
        var listing = ten();

        assertThat(settled(under(reading(listing), listing, 0))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
        assertThat(stage.sell(listing, 1)).isZero();

        assumeFalse(terms().endsAtZero());
        assertThat(settled(under(reading(listing), listing, 4))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(4);
        assertThat(stage.sell(listing, 1)).isEqualTo(1);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void aStaleRevisionCostsOnlyItsListing() {
        var listings = showing(10, 2);
        var stale = listings.getFirst();
        var good = listings.getLast();
        var changes = List.<Change>of(
                new Conditional(stale, 20, String.valueOf(reading(stale).revision())),
                new Conditional(good, 20, String.valueOf(reading(good).revision())));
        assumeTrue(writer().groups(changes).size() == 1);
        stage.sell(stale, 1);

        var outcomes = settledAll(new Command(UUID.randomUUID(), changes));

        assertThat(outcomes.get(stale)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(good)).isEqualTo(new Outcome.Applied());
        assertThat(shown(stale)).isEqualTo(9);
        assertThat(shown(good)).isEqualTo(20);
    }

    private static Command under(Reading.Shown reading, String listing, int quantity) {
        return command(new Conditional(listing, quantity, String.valueOf(reading.revision())));
    }

    // Once and only once

    /** A command of which the adapter says that it takes effect once however often it is sent. */
    private Command repeatable(Change change) {
        assumeTrue(writer().repeatable(change));
        return command(change);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void doesNotClaimToKnowWhatBecameOfADifferenceThatCannotBeSentAgain() {
        var listing = ten();
        var command = command(new Relative(listing, -2));
        assumeFalse(writer().repeatable(command.changes().getFirst()));
        stage.begin(Hitch.LOST_ANSWER);

        assertThat(writer().write(command, connection)).isInstanceOf(Answer.Unavailable.class);

        stage.calm();
        assertThat(ok(writer().state(command, null, connection)).get(listing)).isInstanceOf(Outcome.Unknown.class);
        assertThat(shown(listing)).isEqualTo(8);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void neverCallsAWriteRefusedThatTookEffectWithoutAnAnswer() {
        var listing = ten();
        var command = under(reading(listing), listing, 20);
        stage.begin(Hitch.LOST_ANSWER);
        assertThat(writer().write(command, connection)).isInstanceOf(Answer.Unavailable.class);
        stage.calm();

        assertThat(ok(writer().state(command, null, connection)).get(listing))
                .isInstanceOfAny(Outcome.Applied.class, Outcome.Unknown.class);
        stage.sell(listing, 3);
        writer().write(command, connection);
        assertThat(shown(listing)).isEqualTo(17);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    @Proves(Capability.CONDITIONAL_STOCK)
    void aConditionalZeroThatMetTroubleIsReachedInTheEnd(Trouble trouble) {
        var listing = ten();
        var command = under(reading(listing), listing, 0);
        stage.begin(trouble);
        assertThat(writer().write(command, connection)).isNotInstanceOf(Ok.class);
        stage.calm();
        stage.pass(Duration.ofMinutes(1));

        assertThat(settled(under(reading(listing), listing, 0))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void aReadingFindsAConditionalWriteThatDidNothing() {
        var listing = ten();
        var command = under(reading(listing), listing, 7);
        stage.begin(Hitch.SILENT_NO_OP);

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(reading(listing).quantity()).isEqualTo(10);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void anOlderConditionalWriteThatComesLaterDoesNothing() {
        var listing = ten();
        var late = under(reading(listing), listing, 30);
        var command = under(reading(listing), listing, 7);
        stage.begin(Hitch.OUT_OF_ORDER);
        writer().write(late, connection);
        stage.calm();

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        stage.pass(terms().longestDelay());
        assertThat(reading(listing).quantity()).isEqualTo(7);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void aCommandThatIsSentTwiceTakesEffectOnce() {
        var listing = ten();
        var command = repeatable(new Relative(listing, -2));

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    @Proves(Capability.RELATIVE_STOCK)
    void aCommandInTroubleTakesEffectOnceWhenItIsSentAgain(Trouble trouble) {
        var listing = ten();
        var command = repeatable(new Relative(listing, -2));
        stage.begin(trouble);

        var answer = writer().write(command, connection);

        assertThat(answer).isNotInstanceOf(Ok.class);
        if (answer instanceof Throttled<?>) {
            stage.calm();
            stage.pass(Duration.ofMinutes(1));
            assertThat(shown(listing)).isEqualTo(10);
        }
        stage.calm();
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        assertThat(shown(listing)).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    @Proves(Capability.ABSOLUTE_STOCK)
    void aZeroThatMetTroubleIsReachedInTheEnd(Trouble trouble) {
        assumeTrue(terms().zero());
        var listing = ten();
        stage.begin(trouble);
        assertThat(writer().write(command(new Absolute(listing, 0, false)), connection))
                .isNotInstanceOf(Ok.class);
        stage.calm();
        stage.pass(Duration.ofMinutes(1));

        assertThat(settled(command(new Absolute(listing, 0, false)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void findsOutWhatBecameOfACommandWhoseAnswerGotLost() {
        var listing = ten();
        var command = repeatable(new Relative(listing, -2));
        stage.begin(Hitch.LOST_ANSWER);
        assertThat(writer().write(command, connection)).isInstanceOf(Answer.Unavailable.class);
        stage.calm();
        stage.pass(Duration.ofMinutes(1));

        assertThat(ok(writer().state(command, null, connection)).get(listing)).isInstanceOf(Outcome.Applied.class);
        assertThat(shown(listing)).isEqualTo(8);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aRepeatableQuantityTakesEffectOnce() {
        var listing = ten();
        var command = repeatable(new Absolute(listing, 7, false));

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        stage.sell(listing, 2);
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(5);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aReadingFindsAWriteThatDidNothing() {
        var listing = ten();
        stage.begin(Hitch.SILENT_NO_OP);

        assertThat(settled(command(new Absolute(listing, 7, false))))
                .isInstanceOfAny(Outcome.Applied.class, Outcome.Accepted.class);

        assertThat(reading(listing).quantity()).isEqualTo(10);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aZeroThatIsSentAgainStaysZero() {
        assumeTrue(terms().zero());
        var listing = ten();
        var command = command(new Absolute(listing, 0, false));
        assertThat(writer().repeatable(command.changes().getFirst())).isTrue();

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isZero();
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aStuckQuantityIsNeitherAppliedNorRefusedUntilItIs() {
        assumeTrue(terms().later());
        var listing = ten();
        stage.begin(Hitch.STUCK);

        assertThat(settled(command(new Absolute(listing, 8, false)))).isInstanceOf(Outcome.Accepted.class);

        assertThat(reading(listing).quantity()).isEqualTo(10);
        waitAsLongAsAnyWriteTakes();
        assertThat(reading(listing).quantity()).isEqualTo(8);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void findsOutWhatBecameOfAQuantityWhoseAnswerGotLost() {
        var listing = ten();
        var command = command(new Absolute(listing, 8, false));
        stage.begin(Hitch.LOST_ANSWER);
        assertThat(writer().write(command, connection)).isInstanceOf(Answer.Unavailable.class);
        stage.calm();
        stage.pass(Duration.ofMinutes(1));

        assertThat(ok(writer().state(command, null, connection)).get(listing)).isInstanceOf(Outcome.Applied.class);
        assertThat(shown(listing)).isEqualTo(8);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void anUnknownListingTakesNoQuantity() {
        assertThat(settled(command(new Absolute("19999999999", 5, false)))).isInstanceOf(Outcome.Rejected.class);
    }

    // What the marketplace keeps

    @Test
    void hasFulfilledStockWhereItSaysSo() {
        assertThat(marketplace.fulfilledStock().isPresent())
                .isEqualTo(marketplace.capabilities().has(Capability.FULFILLED_STOCK));
    }

    @Test
    @Proves(Capability.FULFILLED_STOCK)
    void tellsWhatLiesInTheMarketplacesWarehouses() {
        var sellable = new HashMap<String, Integer>();
        var stock = marketplace.fulfilledStock().orElseThrow();
        Cursor position = null;
        do {
            var page = ok(stock.all(position, connection));
            assertThat(page.unreadable()).isEmpty();
            page.holdings().forEach(holding -> {
                assertThat(holding.warehouse()).isNotBlank();
                assertThat(holding.scheme()).isNotBlank();
                sellable.put(holding.listing(), holding.sellable());
            });
            position = page.next();
        } while (position != null);

        assertThat(sellable).isNotEmpty().isEqualTo(stage.fulfilledStock());
    }

    @Test
    @Proves(Capability.FULFILLED_STOCK)
    void neverWritesWhatTheMarketplaceKeeps() {
        assumeTrue(marketplace.stockWriter().isPresent());
        var kept = allListings(null, page -> {}).stream()
                .filter(listing -> listing.fulfilledByMarketplace())
                .map(Listing::externalId)
                .filter(stage.fulfilledStock()::containsKey)
                .findFirst()
                .orElseThrow();
        var before = stage.fulfilledStock();

        assertThat(settled(command(new Absolute(kept, 7, false)))).isInstanceOf(Outcome.Rejected.class);

        assertThat(stage.fulfilledStock()).isEqualTo(before);
        assertThat(foundListing(kept).fulfilledByMarketplace()).isTrue();
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void aStuckCommandIsNeitherAppliedNorRefusedUntilItIs() {
        assumeTrue(terms().later());
        var listing = ten();
        stage.begin(Hitch.STUCK);

        assertThat(settled(command(new Relative(listing, -2)))).isInstanceOf(Outcome.Accepted.class);

        assertThat(reading(listing).quantity()).isEqualTo(10);
        waitAsLongAsAnyWriteTakes();
        assertThat(new HashSet<>(List.of(8, 10))).contains(reading(listing).quantity());
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aReadingFindsAnOlderWriteThatCameLater() {
        var listing = ten();
        stage.begin(Hitch.OUT_OF_ORDER);
        writer().write(command(new Absolute(listing, 30, false)), connection);
        stage.calm();

        assertThat(settled(command(new Absolute(listing, 7, false)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(7);

        waitAsLongAsAnyWriteTakes();
        assertThat(reading(listing).quantity()).isEqualTo(30);
    }

    // What goes wrong

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void writesNothingWithoutTheSellersPermission() {
        var listing = ten();
        stage.revoke();

        assertThat(writer().write(command(new Absolute(listing, 7, false)), connection))
                .isInstanceOf(Unauthorized.class);
        assertThat(writer().read(List.of(listing), connection)).isInstanceOf(Unauthorized.class);
        assertThat(listings().all(null, connection)).isInstanceOf(Unauthorized.class);
        assertThat(listings().listing(listing, connection)).isInstanceOf(Unauthorized.class);
        assertThat(shown(listing)).isEqualTo(10);
    }
}
