package dev.kontor.marketplaces;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.FakeMarketplace.Line;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FulfilledStock.FulfilledPage;

/** The listings of a {@link FakeMarketplace}, their quantities, and what it keeps. */
class FakeStock implements Listings, StockWriter {

    private static final Terms USUAL = new Terms(
            Set.of(Kind.values()), 100, 100, false, Duration.ZERO, Duration.ofMinutes(10), Duration.ZERO, true, false);

    private final FakeShelf shelf;
    private final FakeFaults faults;
    private final FakeDeviceAuthorization authorization;
    private final Clock clock;
    private volatile int pageSize = 100;
    private volatile Terms terms = USUAL;
    private volatile Runnable beforeTurn = () -> {};
    private volatile Line line = Line.DIRECT;

    FakeStock(FakeShelf shelf, FakeFaults faults, FakeDeviceAuthorization authorization, Clock clock) {
        this.shelf = shelf;
        this.faults = faults;
        this.authorization = authorization;
        this.clock = clock;
    }

    void pageSize(int size) {
        pageSize = size;
    }

    Terms terms() {
        return terms;
    }

    void beforeTurn(Runnable happens) {
        beforeTurn = happens;
    }

    void behind(Line newLine) {
        line = newLine;
    }

    void terms(Terms newTerms) {
        terms = newTerms;
    }

    // Listings

    @Override
    public Answer<ListingPage> all(@Nullable Cursor after, Connection connection) {
        var from = after == null ? "" : after.value();
        return call(Operation.LISTINGS, from, connection, () -> {
            var page = shelf.after(from, pageSize);
            var asOf = clock.instant();
            return new Ok<>(new ListingPage(
                    page.stream()
                            .filter(listing -> shelf.readable(listing.id()))
                            .map(listing -> read(listing, asOf))
                            .toList(),
                    page.stream()
                            .filter(listing -> !shelf.readable(listing.id()))
                            .map(FakeStock::unreadable)
                            .toList(),
                    page.size() < pageSize ? null : new Cursor(page.getLast().id()),
                    (long) shelf.all().size()));
        });
    }

    private Listing read(FakeListing listing, Instant asOf) {
        return listing.read(shelf.keeps(listing.id()), asOf);
    }

    private static UnreadableRecord unreadable(FakeListing listing) {
        return new UnreadableRecord(
                "listing",
                listing.id(),
                "quantity is not a number",
                listing.document().toString());
    }

    @Override
    public Answer<ListingReading> listing(String externalId, Connection connection) {
        return call(Operation.LISTING, externalId, connection, () -> {
            var listing = shelf.find(externalId);
            if (listing == null) {
                return new Ok<>(new ListingReading.Gone());
            }
            return new Ok<>(
                    shelf.readable(externalId)
                            ? new ListingReading.Found(read(listing, clock.instant()))
                            : new ListingReading.Unreadable(unreadable(listing)));
        });
    }

    // Stock

    @Override
    public List<Terms> possibleTerms() {
        return List.of(terms);
    }

    @Override
    public Answer<Terms> terms(Connection connection) {
        return new Ok<>(terms);
    }

    @Override
    public List<List<Change>> groups(Collection<? extends Change> changes) {
        var groups = new ArrayList<List<Change>>();
        var group = new ArrayList<Change>();
        var listings = new HashSet<String>();
        for (var change : changes) {
            if (group.size() == terms.groupSize() || !listings.add(change.listing())) {
                groups.add(List.copyOf(group));
                group.clear();
                listings.clear();
                listings.add(change.listing());
            }
            group.add(change);
        }
        if (!group.isEmpty()) {
            groups.add(List.copyOf(group));
        }
        return groups;
    }

    @Override
    public boolean repeatable(Change change) {
        return shelf.repeatable(change);
    }

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        if (!command.changes().stream().map(Change::kind).allMatch(terms.kinds()::contains)
                || groups(command.changes()).size() != 1) {
            return new Rejected<>("UNSUPPORTED", "no such command is possible here");
        }
        beforeTurn.run();
        if (!connection.wanted().getAsBoolean()) {
            return new Rejected<>(Connection.UNWANTED, "nobody wants it any more");
        }
        return call(Operation.WRITE, command, connection, () -> {
            var answered = shelf.write(command, terms.later(), terms.endsAtZero());
            return answered.lost() ? new Unavailable<>("the answer got lost") : new Ok<>(answered.outcomes());
        });
    }

    @Override
    public Answer<Map<String, Outcome>> state(Command command, @Nullable String ticket, Connection connection) {
        return call(Operation.STATE, command, connection, () -> {
            var known = shelf.state(command);
            if (known != null) {
                var told = new LinkedHashMap<>(known);
                told.replaceAll((listing, outcome) -> outcome instanceof Outcome.Applied ? applied(listing) : outcome);
                return new Ok<>(told);
            }
            var unknown = new LinkedHashMap<String, Outcome>();
            command.changes().forEach(it -> unknown.put(it.listing(), new Outcome.Unknown("no such command")));
            return new Ok<>(unknown);
        });
    }

    /** What is carried out later is found out by asking the listing. */
    private Outcome applied(String listing) {
        return terms.later() && reading(listing) instanceof Reading.Shown shown
                ? new Outcome.Applied(shown)
                : new Outcome.Applied();
    }

    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        return call(Operation.READ, List.copyOf(listings), connection, () -> {
            var readings = new LinkedHashMap<String, Reading>();
            for (var id : listings) {
                readings.put(id, reading(id));
            }
            return new Ok<>(readings);
        });
    }

    private Reading reading(String id) {
        var listing = shelf.find(id);
        if (listing == null) {
            return new Reading.Gone();
        }
        if (shelf.keeps(id)) {
            return new Reading.Unreadable("the marketplace keeps and sends it");
        }
        return shelf.readable(id)
                ? new Reading.Shown(listing.forSale(), String.valueOf(listing.revision()), clock.instant())
                : new Reading.Unreadable("quantity is not a number");
    }

    // What the marketplace keeps

    Answer<FulfilledPage> kept(@Nullable Cursor after, Connection connection) {
        var from = after == null ? "" : after.value();
        return call(Operation.FULFILLED, from, connection, () -> {
            var page = shelf.keptAfter(from, pageSize);
            var next = page.size() < pageSize ? null : new Cursor(page.getLast().listing());
            return new Ok<>(new FulfilledPage(page, List.of(), next));
        });
    }

    private <T> Answer<T> call(
            Operation operation, Object argument, Connection connection, Supplier<Answer<T>> answer) {
        return line.call(
                operation,
                connection,
                () -> faults.around(
                        operation,
                        argument,
                        () -> authorization.refusal(connection).flatMap(ignored -> answer.get())));
    }
}
