package dev.kontor.marketplaces.bazarek;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;

/** The quantities of a shop: the last writer wins, and it is done when it is answered. */
@SecondaryAdapter
@Component
class BazarekStock implements StockWriter {

    private static final Operation SET = new Operation("stock", "stock.set", false);
    private static final Operation END = new Operation("stock", "stock.end", true);
    private static final Operation READ = Operation.read("stock", "stock.read");

    private static final Terms TERMS = new Terms(
            Set.of(Kind.ABSOLUTE), 50, 50, false, Duration.ZERO, Duration.ofMinutes(2), Duration.ZERO, true, false);

    private final BazarekCalls calls;

    BazarekStock(BazarekCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Terms> possibleTerms() {
        return List.of(TERMS);
    }

    @Override
    public Answer<Terms> terms(Connection connection) {
        return new Answer.Ok<>(TERMS);
    }

    @Override
    public List<List<Change>> groups(Collection<? extends Change> changes) {
        var groups = new ArrayList<Map<String, Change>>();
        for (var change : changes) {
            if (groups.isEmpty()
                    || groups.getLast().size() == TERMS.groupSize()
                    || groups.getLast().containsKey(change.listing())) {
                groups.add(new LinkedHashMap<>());
            }
            groups.getLast().put(change.listing(), change);
        }
        return groups.stream().map(group -> List.copyOf(group.values())).toList();
    }

    /** Anything but zero would put back what was sold meanwhile. */
    @Override
    public boolean repeatable(Change change) {
        return change instanceof Absolute absolute && absolute.quantity() == 0;
    }

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        if (groups(command.changes()).size() != 1 || !command.changes().stream().allMatch(Absolute.class::isInstance)) {
            return new Answer.Rejected<>("UNSUPPORTED", "Bazarek has no such command");
        }
        var body = Map.<String, Object>of(
                "quantities",
                command.changes().stream()
                        .map(Absolute.class::cast)
                        .map(change -> Map.of("listing", change.listing(), "available", change.quantity()))
                        .toList());
        var operation = command.changes().stream().allMatch(this::repeatable) ? END : SET;
        return calls.ask(operation, connection, (api, key) -> api.putStock(key, body), reply -> done(command, reply));
    }

    /** What is not answered for each listing is not known of it. */
    private static Map<String, Outcome> done(Command command, Reply reply) {
        var outcomes = new HashMap<String, Outcome>();
        command.changes()
                .forEach(change -> outcomes.put(change.listing(), new Outcome.Unknown("nothing was said of it")));
        for (var result : reply.body().path("results")) {
            var error = result.path("error").asString("REFUSED");
            outcomes.replace(
                    result.path("listing").asString(""),
                    result.path("done").asBoolean(false)
                            ? new Outcome.Applied()
                            : new Outcome.Rejected(error, "Bazarek refused the quantity"));
        }
        return outcomes;
    }

    @Override
    public Answer<Map<String, Outcome>> state(Command command, @Nullable String ticket, Connection connection) {
        var listings = command.changes().stream().map(Change::listing).toList();
        return read(listings, connection).map(readings -> {
            var outcomes = new HashMap<String, Outcome>();
            command.changes()
                    .forEach(change -> outcomes.put(change.listing(), outcome(change, readings.get(change.listing()))));
            return outcomes;
        });
    }

    private static Outcome outcome(Change change, @Nullable Reading reading) {
        return change instanceof Absolute absolute
                        && reading instanceof Reading.Shown shown
                        && shown.quantity() == absolute.quantity()
                ? new Outcome.Applied()
                : new Outcome.Unknown("the listing shows something else");
    }

    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        return calls.ask(READ, connection, (api, key) -> api.stock(key, listings), reply -> readings(listings, reply));
    }

    private static Map<String, Reading> readings(Collection<String> listings, Reply reply) {
        var readings = new HashMap<String, Reading>();
        listings.forEach(listing -> readings.put(listing, new Reading.Gone()));
        for (var entry : reply.body().path("stock")) {
            readings.replace(entry.path("listing").asString(""), reading(entry.path("available"), reply.askedAt()));
        }
        return readings;
    }

    private static Reading reading(JsonNode available, Instant asOf) {
        return available.canConvertToInt()
                ? new Reading.Shown(Math.max(0, available.intValue()), null, asOf)
                : new Reading.Unreadable("available is not a whole number");
    }
}
