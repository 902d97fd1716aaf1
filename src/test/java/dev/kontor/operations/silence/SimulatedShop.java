package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.OrderFlow.Standing;

/**
 * A shop at a marketplace whose orders are known beforehand, and what Kontor has heard of them. Of each order the log tells a
 * little later, of few nearly as late as the marketplace admits, and of those that are lost never. The list has them at once.
 */
final class SimulatedShop implements OrderFeed {

    static final Duration DELAY = Duration.ofMinutes(30);
    private static final int PAGE = 100;

    /** What is wrong with a shop for a while. */
    enum Trouble {
        NONE,
        /** The feed asks, is told of nothing, and believes it. */
        FROZEN,
        /** The log does not tell of orders that are placed meanwhile. */
        LOSING,
        /** The marketplace answers nobody. */
        DOWN
    }

    record Entry(Instant at, int order) {}

    final AccountId account = new AccountId(UUID.randomUUID());
    final String name;
    final Season season;
    final List<Instant> placed;
    private final List<Duration> lateness = new ArrayList<>();
    private final List<Entry> log = new ArrayList<>();
    private final TreeMap<Instant, Integer> heardByHour = new TreeMap<>();
    private final BitSet heard = new BitSet();
    private int arrived;
    private int position;
    private int newest = -1;
    private Instant readAt;
    private final Instant startedAt;
    private Instant now;
    Trouble trouble = Trouble.NONE;

    SimulatedShop(String name, Season season, Instant begin, Instant end, Random random) {
        this.name = name;
        this.season = season;
        this.placed = season.orders(end, random);
        for (int order = 0; order < placed.size(); order++) {
            var slow = random.nextInt(100) == 0 ? DELAY.toSeconds() - 60 : 180;
            lateness.add(Duration.ofSeconds((long) (random.nextDouble() * slow)));
        }
        this.now = begin;
        this.readAt = begin;
        this.startedAt = begin.isBefore(season.opened()) ? season.opened() : begin;
        for (; arrived < placed.size() && placed.get(arrived).isBefore(begin); arrived++) {
            hear(arrived);
        }
    }

    boolean isOpen() {
        return !now.isBefore(season.opened());
    }

    private final List<Entry> coming = new ArrayList<>();

    /** The marketplace goes on, and the feed has its turn. */
    void goOn(Instant at) {
        now = at;
        for (; arrived < placed.size() && !placed.get(arrived).isAfter(at); arrived++) {
            if (trouble != Trouble.LOSING) {
                coming.add(new Entry(placed.get(arrived).plus(lateness.get(arrived)), arrived));
            }
        }
        coming.removeIf(entry -> !entry.at().isAfter(at) && log.add(entry));
        if (trouble == Trouble.DOWN) {
            return;
        }
        readAt = at;
        if (trouble == Trouble.FROZEN) {
            return;
        }
        for (; position < log.size(); position++) {
            hear(log.get(position).order());
        }
    }

    /** Somebody compares a day with the list, and fetches what is missing. */
    void prove() {
        if (trouble != Trouble.DOWN) {
            for (int order = heard.nextClearBit(0); order < arrived; order = heard.nextClearBit(order + 1)) {
                hear(order);
            }
        }
    }

    private void hear(int order) {
        if (!heard.get(order)) {
            heard.set(order);
            newest = Math.max(newest, order);
            heardByHour.merge(placed.get(order).truncatedTo(ChronoUnit.HOURS), 1, Integer::sum);
        }
    }

    /** Whether the log has what the feed has not read. */
    boolean isBehind() {
        return position < log.size();
    }

    /** When the oldest order was placed of which nobody has heard, and should have; null where there is none. */
    Instant overdue() {
        int order = heard.nextClearBit(0);
        return order < arrived && placed.get(order).isBefore(now.minus(DELAY)) ? placed.get(order) : null;
    }

    // What Kontor knows

    Standing standing() {
        return new Standing(cursor(position), startedAt, readAt, readAt.minus(DELAY));
    }

    private static Cursor cursor(int position) {
        return position == 0 ? null : new Cursor(String.valueOf(position));
    }

    Set<String> unheard(Collection<String> ids) {
        var unheard = new TreeSet<String>();
        for (var id : ids) {
            if (!heard.get(Integer.parseInt(id))) {
                unheard.add(id);
            }
        }
        return unheard;
    }

    Map<Instant, Integer> placedByHour(Instant from, Instant to) {
        return heardByHour.subMap(from, to);
    }

    Optional<Instant> lastPlaced() {
        return newest < 0 ? Optional.empty() : Optional.of(placed.get(newest));
    }

    // What the marketplace says

    @Override
    public Answer<LogEnd> end(Connection connection) {
        return trouble == Trouble.DOWN
                ? new Answer.Unavailable<>("503")
                : new Answer.Ok<>(new LogEnd(cursor(log.size())));
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, Cursor after, Connection connection) {
        if (trouble == Trouble.DOWN) {
            return new Answer.Unavailable<>("503");
        }
        int order = after == null ? first(period.from()) : Integer.parseInt(after.value());
        var orders = new ArrayList<dev.kontor.marketplaces.MarketplaceOrder>();
        for (; order < arrived && placed.get(order).isBefore(period.to()) && orders.size() < PAGE; order++) {
            orders.add(
                    FakeOrder.anOrder(String.valueOf(order), placed.get(order)).read(now));
        }
        var more = order < arrived && placed.get(order).isBefore(period.to());
        return new Answer.Ok<>(new OrderPage(orders, List.of(), more ? new Cursor(String.valueOf(order)) : null, null));
    }

    private int first(Instant from) {
        int found = java.util.Collections.binarySearch(placed, from);
        return found < 0 ? -found - 1 : found;
    }

    @Override
    public Retention retention() {
        return new Retention(Duration.ofDays(60), Duration.ofDays(365), DELAY);
    }

    @Override
    public Answer<ChangePage> changesSince(Cursor after, Connection connection) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        throw new UnsupportedOperationException("nobody asks");
    }
}
