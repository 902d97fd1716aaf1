package dev.kontor.marketplaces;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FulfilledStock.Holding;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;

/** What a {@link FakeMarketplace} offers, and the writes that are still under way to it. */
class FakeShelf {

    private record Late(Command command, Change change) {}

    private final TreeMap<String, FakeListing> listings = new TreeMap<>();
    private final Set<String> malformed = new HashSet<>();
    private final TreeMap<String, Holding> kept = new TreeMap<>();
    private final Map<UUID, Map<String, Outcome>> commands = new HashMap<>();
    private final Deque<Late> late = new ArrayDeque<>();
    private final Deque<Mishap> mishaps = new ArrayDeque<>();
    private @Nullable Mishap always;
    private volatile boolean forgetful;
    private volatile boolean silent;

    synchronized void put(FakeListing listing) {
        listings.put(listing.id(), listing);
    }

    synchronized void remove(String id) {
        listings.remove(id);
    }

    synchronized void malform(String id) {
        malformed.add(id);
    }

    synchronized boolean readable(String id) {
        return !malformed.contains(id);
    }

    synchronized @Nullable FakeListing find(String id) {
        return listings.get(id);
    }

    synchronized List<FakeListing> all() {
        return List.copyOf(listings.values());
    }

    synchronized List<FakeListing> after(String id, int limit) {
        return listings.tailMap(id, false).values().stream().limit(limit).toList();
    }

    synchronized void keep(Holding holding) {
        kept.put(holding.listing(), holding);
    }

    synchronized boolean keeps(String id) {
        return kept.containsKey(id);
    }

    synchronized List<Holding> keptAfter(String id, int limit) {
        return kept.tailMap(id, false).values().stream().limit(limit).toList();
    }

    synchronized void next(Mishap mishap) {
        mishaps.add(mishap);
    }

    synchronized void always(@Nullable Mishap mishap) {
        always = mishap;
        mishaps.clear();
    }

    /** Buyers take what there is and no more. @return how many were sold */
    synchronized int sell(String id, int wanted, boolean endsAtZero) {
        var listing = listings.get(id);
        if (listing == null || !listing.status().equals("ON_SALE")) {
            return 0;
        }
        var sold = Math.min(wanted, listing.quantity());
        show(listing, listing.quantity() - sold, false, endsAtZero);
        return sold;
    }

    private void show(FakeListing listing, int quantity, boolean reactivate, boolean endsAtZero) {
        var changed = listing.withQuantity(quantity);
        if (endsAtZero && quantity == 0) {
            changed = changed.withStatus("SOLD_OUT");
        } else if (reactivate) {
            changed = changed.withStatus("ON_SALE");
        }
        listings.put(listing.id(), changed);
    }

    /** Of a cancelled order; a listing that has ended stays as it is. @return how many are back */
    synchronized int putBack(String id, int quantity) {
        var listing = listings.get(id);
        if (listing == null || !listing.status().equals("ON_SALE")) {
            return 0;
        }
        listings.put(id, listing.withQuantity(listing.quantity() + quantity));
        return quantity;
    }

    /** What the marketplace answers, and whether the answer gets lost. */
    record Answered(Map<String, Outcome> outcomes, boolean lost) {}

    synchronized Answered write(Command command, boolean later, boolean endsAtZero) {
        var known = commands.get(command.id());
        if (known != null && !forgetful) {
            return new Answered(known, false);
        }
        var mishap = Objects.requireNonNullElse(mishaps.isEmpty() ? always : mishaps.poll(), Mishap.NONE);
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (var change : command.changes()) {
            outcomes.put(change.listing(), outcome(command, change, mishap, endsAtZero));
        }
        commands.put(command.id(), outcomes);
        var answered = new LinkedHashMap<>(outcomes);
        if (later) {
            answered.replaceAll((listing, outcome) ->
                    outcome instanceof Outcome.Applied ? new Outcome.Accepted(ticket(command)) : outcome);
        }
        return new Answered(answered, mishap == Mishap.LOST_ANSWER || mishap == Mishap.LATE);
    }

    private static String ticket(Command command) {
        return "ticket-" + command.id();
    }

    private Outcome outcome(Command command, Change change, Mishap mishap, boolean endsAtZero) {
        var listing = listings.get(change.listing());
        if (listing == null) {
            return new Outcome.Rejected("NO_SUCH_LISTING", "there is no such listing");
        }
        if (kept.containsKey(listing.id())) {
            return new Outcome.Rejected("FULFILLED_BY_MARKETPLACE", "the marketplace keeps and sends it");
        }
        return switch (mishap) {
            case REJECTED -> new Outcome.Rejected("SCRIPTED", "scripted");
            case SILENT_NO_OP -> new Outcome.Applied();
            case STUCK, LATE -> {
                late.add(new Late(command, change));
                yield new Outcome.Accepted(ticket(command));
            }
            case NONE, LOST_ANSWER -> apply(listing, change, endsAtZero);
        };
    }

    private Outcome apply(FakeListing listing, Change change, boolean endsAtZero) {
        var after = switch (change) {
            case Change.Absolute absolute -> absolute.quantity();
            case Change.Relative relative -> listing.quantity() + relative.difference();
            case Change.Conditional conditional -> conditional.quantity();
        };
        if (change instanceof Change.Conditional conditional
                && !conditional.revision().equals(String.valueOf(listing.revision()))) {
            return new Outcome.Rejected("STALE_REVISION", "somebody was faster");
        }
        if (after < 0) {
            return new Outcome.Rejected("NEGATIVE", "there are not so many");
        }
        show(listing, after, change instanceof Change.Absolute absolute && absolute.reactivate(), endsAtZero);
        return new Outcome.Applied();
    }

    /** What was stuck or late takes effect now, over whatever was written meanwhile. */
    synchronized void applyLate(boolean endsAtZero) {
        for (var next = late.poll(); next != null; next = late.poll()) {
            var listing = listings.get(next.change().listing());
            if (listing != null) {
                var outcomes =
                        new LinkedHashMap<>(commands.getOrDefault(next.command().id(), Map.of()));
                outcomes.put(listing.id(), apply(listing, next.change(), endsAtZero));
                commands.put(next.command().id(), outcomes);
            }
        }
    }

    /** What was stuck or late never takes effect. */
    synchronized void dropLate() {
        late.clear();
    }

    synchronized boolean anyLate() {
        return !late.isEmpty();
    }

    /**
     * How many can still be sold, whatever of what is late takes effect, and when.
     *
     * @param open a command that may not have come here yet
     */
    synchronized long sellable(String id, @Nullable Command open) {
        var listing = Objects.requireNonNull(listings.get(id));
        var unsure = new ArrayList<Change>();
        late.forEach(it -> unsure.add(it.change()));
        if (open != null && !commands.containsKey(open.id())) {
            unsure.addAll(open.changes());
        }
        var here = unsure.stream().filter(change -> change.listing().equals(id)).toList();
        return listing.forSale()
                + here.stream().mapToLong(FakeShelf::growth).sum()
                + here.stream()
                        .mapToLong(change -> growth(listing, change))
                        .max()
                        .orElse(0);
    }

    private static long growth(Change change) {
        return switch (change) {
            case Change.Absolute absolute -> absolute.quantity();
            case Change.Relative relative -> Math.max(0, relative.difference());
            case Change.Conditional ignored -> 0;
        };
    }

    /** Under one revision only one can take effect. */
    private static long growth(FakeListing listing, Change change) {
        return change instanceof Change.Conditional conditional
                        && conditional.revision().equals(String.valueOf(listing.revision()))
                ? Math.max(0, conditional.quantity() - listing.forSale())
                : 0;
    }

    void loseCommands() {
        silent = true;
    }

    void forgetCommands() {
        forgetful = true;
    }

    boolean repeatable(Command command) {
        return command.changes().stream().allMatch(this::repeatable);
    }

    boolean repeatable(Change change) {
        return !forgetful
                || switch (change) {
                    case Change.Absolute absolute -> absolute.quantity() == 0;
                    case Change.Relative ignored -> false;
                    case Change.Conditional ignored -> true;
                };
    }

    synchronized @Nullable Map<String, Outcome> state(Command command) {
        return forgetful || silent ? null : commands.get(command.id());
    }
}
