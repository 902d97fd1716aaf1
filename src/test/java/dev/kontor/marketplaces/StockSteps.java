package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What tests of quantities are made of: a listing on sale, what it shows, and what becomes of a command. */
abstract class StockSteps extends ListingContract {

    static final Map<Kind, Capability> DECLARED = Map.of(
            Kind.ABSOLUTE, Capability.ABSOLUTE_STOCK,
            Kind.RELATIVE, Capability.RELATIVE_STOCK,
            Kind.CONDITIONAL, Capability.CONDITIONAL_STOCK);

    StockWriter writer() {
        return marketplace.stockWriter().orElseThrow();
    }

    StockWriter.Terms terms() {
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
    String ten() {
        return showing(10, 1).getFirst();
    }

    List<String> showing(int quantity, int count) {
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

    int shown(String listing) {
        return stage.stock().getOrDefault(listing, -1);
    }

    Reading.Shown reading(String listing) {
        stage.pass(terms().readingLag());
        var reading = ok(writer().read(List.of(listing), connection)).get(listing);
        assertThat(reading).isInstanceOf(Reading.Shown.class);
        return (Reading.Shown) reading;
    }

    /** By then a token may have expired. */
    void waitAsLongAsAnyWriteTakes() {
        stage.pass(terms().longestDelay());
        connection = stage.connect();
    }

    static Command command(Change... changes) {
        return new Command(UUID.randomUUID(), List.of(changes));
    }

    static Command under(Reading.Shown reading, String listing, int quantity) {
        return command(new Conditional(listing, quantity, String.valueOf(reading.revision())));
    }

    /** A command of which the adapter says that it takes effect once however often it is sent. */
    Command repeatable(Change change) {
        assumeTrue(writer().repeatable(change));
        return command(change);
    }

    /** Sends a command and asks until its outcome is final. */
    Outcome settled(Command command) {
        return settledAll(command).get(command.changes().getFirst().listing());
    }

    Map<String, Outcome> settledAll(Command command) {
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
}
