package dev.kontor.inventory.reservations;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.items.Bundles;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.proof.Proof;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrderView.Line;
import dev.kontor.orders.OrderView.Price;
import dev.kontor.privacy.BuyerId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders come, change, are cancelled, shipped, merged, gone and back again on two accounts that sell the same goods, people
 * move stock by hand, and two workers hear of it late, twice and in disorder. When all is heard the numbers are right.
 */
@InventoryTest
class SimulationTests {

    private static final int OPERATIONS = Integer.getInteger("simulation.operations", 8_000);
    private static final int ROUND = 250;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Takeovers takeovers;

    @Autowired
    Claims claims;

    @Autowired
    UnmatchedLines unmatched;

    @Autowired
    Listings listings;

    @Autowired
    SoldListings sold;

    @Autowired
    Exposures exposures;

    @Autowired
    Bundles bundles;

    @Autowired
    Warehouses warehouses;

    @Autowired
    Ledger ledger;

    @Autowired
    Proof proof;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final FakeArchive archive = new FakeArchive();
    private final Instant start = Instant.now().minus(Duration.ofHours(1));

    /** An offer of an account, and what one sale takes. */
    private record Offer(AccountId account, String id, Item item, int units) {}

    private record Told(AccountId account, List<OrderId> orders) {}

    private Reservations reservations;
    private List<Item> items;
    private List<Offer> offers;
    private Map<ItemId, List<Bundles.Content>> contents;
    private final List<OrderId> alive = new ArrayList<>();
    private final List<Told> untold = new ArrayList<>();
    private Random random;
    private int count;

    @Test
    void theNumbersAreRightWhateverHappens() throws Exception {
        simulate(20_261_120L, OPERATIONS);
    }

    @Test
    @Tag("chaos")
    void theNumbersAreRightHoweverLongItTakes() throws Exception {
        simulate(System.nanoTime(), 1_000_000);
    }

    private void simulate(long seed, int operations) throws Exception {
        random = new Random(seed);
        open();
        try (var workers = Executors.newFixedThreadPool(3)) {
            for (int done = 0; done < operations; done += ROUND) {
                for (int step = 0; step < ROUND; step++) {
                    happens();
                }
                var heard = hear(done + ROUND >= operations);
                var work = new ArrayList<Callable<Void>>();
                work.add(worker(heard.subList(0, heard.size() / 2)));
                work.add(worker(heard.subList(heard.size() / 2, heard.size())));
                work.add(byHand(random.nextLong()));
                for (var future : workers.invokeAll(work)) {
                    future.get();
                }
            }
        }
        check(seed);
    }

    private void open() {
        var judgement = new Judgement(archive, claims, unmatched, sold, warehouses, exposures, Clock.systemUTC());
        reservations = new Reservations(takeovers, claims, judgement, ledger, exposures);
        items = IntStream.range(0, 8).mapToObj(it -> stockroom.anItemWith(500)).toList();
        var sellable = new ArrayList<>(items);
        sellable.add(stockroom.aBundleOf(
                new Part(items.get(0).sku(), 1), new Part(items.get(1).sku(), 2)));
        sellable.add(stockroom.aBundleOf(
                new Part(sellable.getLast().sku(), 2), new Part(items.get(2).sku(), 1)));
        contents = bundles.contents(sellable.stream().map(Item::id).toList());
        offers = new ArrayList<>();
        for (var account : List.of(new AccountId(UUID.randomUUID()), new AccountId(UUID.randomUUID()))) {
            transaction.executeWithoutResult(status -> takeovers.add(new Takeovers.Takeover(
                    account, Takeovers.Truth.KONTOR, Takeovers.Mode.WRITING, start, "test", start, 1)));
            sellable.forEach(item -> offers.add(anOffer(account, item)));
        }
    }

    private Offer anOffer(AccountId account, Item item) {
        var offer = new Offer(account, "offer-" + item.sku(), item, 1 + random.nextInt(3));
        var seen = new Seen(offer.id(), "", null, "Mug");
        var listing = listings.seen(account, List.of(seen), start).get(seen);
        listings.link(listing.id(), new Link(item.id(), offer.units(), "test"));
        return offer;
    }

    private void happens() {
        int dice = random.nextInt(100);
        if (alive.size() < 20 || dice < 30) {
            place();
        } else if (dice < 75) {
            change(anyAlive());
        } else if (dice < 82) {
            merge();
        } else if (dice < 87) {
            vanish();
        } else {
            toldAgain();
        }
        if (alive.size() > 400) {
            alive.remove(random.nextInt(alive.size()));
        }
    }

    private OrderId anyAlive() {
        return alive.get(random.nextInt(alive.size()));
    }

    private void place() {
        var account = offers.get(random.nextInt(offers.size())).account();
        var mine =
                offers.stream().filter(offer -> offer.account().equals(account)).toList();
        var lines = IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .mapToObj(it -> line("line-" + ++count, mine.get(random.nextInt(mine.size())), 1 + random.nextInt(4)))
                .toList();
        put(order(new OrderId(new UUID(7, ++count)), account, OrderStatus.READY, lines, null, null));
    }

    private static Line line(String id, Offer offer, int quantity) {
        return new Line(id, offer.id(), null, "Mug", BigDecimal.valueOf(quantity), new Price("1.00", "PLN"));
    }

    private OrderView order(
            OrderId id, AccountId account, OrderStatus status, List<Line> lines, OrderId mergedInto, Instant goneAt) {
        return new OrderView(
                id,
                account,
                new MarketplaceCode("fake"),
                id.toString(),
                id.toString(),
                status,
                status.name(),
                start.plusSeconds(1),
                null,
                new Price("1.00", "PLN"),
                lines,
                null,
                1,
                new BuyerId(new UUID(0, 0)),
                mergedInto,
                goneAt,
                start,
                start);
    }

    private void put(OrderView order) {
        archive.put(order);
        if (!alive.contains(order.id())) {
            alive.add(order.id());
        }
        untold.add(new Told(order.account(), List.of(order.id())));
    }

    /** What has been shipped keeps its quantity. */
    private void change(OrderId id) {
        var order = archive.get(id);
        var status = OrderStatus.values()[random.nextInt(OrderStatus.values().length)];
        boolean open = order.status().compareTo(OrderStatus.PROCESSING) <= 0;
        var lines = open && random.nextInt(5) == 0 ? requantified(order.lines()) : order.lines();
        put(order(id, order.account(), status, lines, order.mergedInto(), order.goneAt()));
    }

    private List<Line> requantified(List<Line> lines) {
        var changed = new ArrayList<>(lines);
        int index = random.nextInt(changed.size());
        var line = changed.get(index);
        changed.set(
                index,
                new Line(
                        line.externalId(),
                        line.offer(),
                        line.sku(),
                        line.name(),
                        BigDecimal.valueOf(1 + random.nextInt(4)),
                        line.unitPrice()));
        return changed;
    }

    private void merge() {
        var one = archive.get(anyAlive());
        var other = archive.get(anyAlive());
        if (one.id().equals(other.id())
                || !one.account().equals(other.account())
                || one.mergedInto() != null
                || other.mergedInto() != null) {
            return;
        }
        var lines = new ArrayList<>(one.lines());
        other.lines().stream()
                .filter(line -> lines.stream().noneMatch(it -> it.externalId().equals(line.externalId())))
                .forEach(lines::add);
        var successor = new OrderId(new UUID(7, ++count));
        put(order(successor, one.account(), OrderStatus.READY, lines, null, null));
        for (var before : List.of(one, other)) {
            put(order(before.id(), before.account(), before.status(), before.lines(), successor, null));
            alive.remove(before.id());
        }
    }

    private void vanish() {
        var order = archive.get(anyAlive());
        if (order.mergedInto() == null) {
            var goneAt = order.goneAt() == null ? start : null;
            put(order(order.id(), order.account(), order.status(), order.lines(), null, goneAt));
        }
    }

    private void toldAgain() {
        var order = archive.get(anyAlive());
        untold.add(new Told(order.account(), List.of(order.id())));
    }

    /** Some of what is untold, in disorder and now and then a second time; at the end all of it. */
    private List<Told> hear(boolean all) {
        Collections.shuffle(untold, random);
        int some = all ? untold.size() : untold.size() * 3 / 4;
        var heard = new ArrayList<Told>();
        var batch = new HashMap<AccountId, List<OrderId>>();
        for (var told : untold.subList(0, some)) {
            var mine = batch.computeIfAbsent(told.account(), it -> new ArrayList<>());
            mine.addAll(told.orders());
            if (mine.size() > random.nextInt(100)) {
                heard.add(new Told(told.account(), List.copyOf(mine)));
                mine.clear();
            }
        }
        batch.forEach((account, rest) -> heard.add(new Told(account, List.copyOf(rest))));
        untold.subList(0, some).clear();
        if (!heard.isEmpty()) {
            heard.add(heard.get(random.nextInt(heard.size())));
        }
        Collections.shuffle(heard, random);
        return heard;
    }

    private Callable<Void> worker(List<Told> heard) {
        return () -> {
            for (var told : heard) {
                transaction.executeWithoutResult(status -> reservations.judge(told.account(), told.orders()));
            }
            return null;
        };
    }

    private Callable<Void> byHand(long seed) {
        var hand = new Random(seed);
        return () -> {
            for (int time = 0; time < 20; time++) {
                var item = items.get(hand.nextInt(items.size()));
                var key = "hand-" + seed + "-" + hand.nextInt(15);
                if (hand.nextBoolean()) {
                    stockroom.post(key, item, MovementKind.COUNT, new Change.To(hand.nextInt(600)));
                } else {
                    stockroom.post(key, item, MovementKind.CORRECTION, new Change.By(hand.nextInt(200) - 100, 0));
                }
            }
            return null;
        };
    }

    private void check(long seed) {
        assertThat(proof.prove().first()).as("seed %d", seed).isNull();
        var reserved = new HashMap<ItemId, Long>();
        items.forEach(item -> reserved.put(item.id(), 0L));
        var shipped = new HashMap<String, Long>();
        var held = sums("select line || ' ' || item, sum(reserved) from inventory.claims group by line, item");
        lines().forEach((line, orders) -> expect(line, orders, held, reserved, shipped));
        for (var item : items) {
            assertThat(stockroom.reserved(item)).as("seed %d", seed).isEqualTo(reserved.get(item.id()));
        }
        var moved = sums("select line || ' ' || item, -sum(m.present) from inventory.movements m"
                + " join inventory.positions p on p.id = position"
                + " where line is not null and idempotency_key not like '%/found' group by line, item");
        shipped.forEach((lineAndItem, quantity) -> assertThat(moved.getOrDefault(lineAndItem, 0L))
                .as("%s, seed %d", lineAndItem, seed)
                .isEqualTo(quantity));
        assertThat(claimsThatDifferFromTheirMovements()).as("seed %d", seed).isEmpty();
    }

    private Map<String, List<OrderView>> lines() {
        var lines = new HashMap<String, List<OrderView>>();
        archive.all()
                .forEach(order -> order.lines()
                        .forEach(line -> lines.computeIfAbsent(line.externalId(), it -> new ArrayList<>())
                                .add(order)));
        return lines;
    }

    /** At most one order that has the line is neither merged nor gone, and only that one counts. */
    private void expect(
            String line,
            List<OrderView> orders,
            Map<String, Long> held,
            Map<ItemId, Long> reserved,
            Map<String, Long> shipped) {
        var present = orders.stream()
                .filter(order -> order.mergedInto() == null && order.goneAt() == null)
                .toList();
        assertThat(present.size()).isLessThanOrEqualTo(1);
        if (present.isEmpty()) {
            return;
        }
        var order = present.getFirst();
        var sold = order.lines().stream()
                .filter(it -> it.externalId().equals(line))
                .findFirst()
                .orElseThrow();
        var offer = offers.stream()
                .filter(it -> it.account().equals(order.account()) && it.id().equals(sold.offer()))
                .findFirst()
                .orElseThrow();
        var contents =
                bundles.contents(List.of(offer.item().id())).get(offer.item().id());
        for (var content : contents) {
            long quantity = content.quantity() * offer.units() * sold.quantity().longValueExact();
            switch (order.status()) {
                case PLACED, UNPAID, READY, PROCESSING -> reserved.merge(content.item(), quantity, Long::sum);
                case SHIPPED, DELIVERED, RETURNED -> shipped.put(line + " " + content.item(), quantity);
                case UNKNOWN ->
                    reserved.merge(content.item(), held.getOrDefault(line + " " + content.item(), 0L), Long::sum);
                case CANCELLED -> {}
            }
        }
    }

    private Map<String, Long> sums(String sql) {
        var sums = new HashMap<String, Long>();
        jdbc.query(sql, row -> {
            sums.put(row.getString(1), row.getLong(2));
        });
        return sums;
    }

    private List<String> claimsThatDifferFromTheirMovements() {
        return jdbc.queryForList("""
                select c.line || ' ' || c.item from inventory.claims c
                join inventory.positions p on p.item = c.item and p.warehouse = c.warehouse
                left join inventory.movements m on m.position = p.id and m.line = c.line
                  and m.idempotency_key like 'line/' || c.account || '/%' and m.idempotency_key not like '%/found'
                group by c.account, c.line, c.item, c.reserved, c.shipped
                having coalesce(sum(m.reserved), 0) <> c.reserved or -coalesce(sum(m.present), 0) <> c.shipped""", String.class);
    }
}
