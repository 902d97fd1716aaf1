package dev.kontor.inventory.reservations;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.exposure.Exposures.SoldLine;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.reservations.Demand.Kind;
import dev.kontor.inventory.reservations.SoldListings.Sold;
import dev.kontor.inventory.reservations.UnmatchedLines.UnmatchedLine;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;

/** Holds what lines of orders demand against what they have, and says which movements are missing. */
@Component
class Judgement {

    private final Orders orders;
    private final Claims claims;
    private final UnmatchedLines unmatched;
    private final SoldListings listings;
    private final Warehouses warehouses;
    private final Exposures exposures;
    private final Clock clock;

    Judgement(
            Orders orders,
            Claims claims,
            UnmatchedLines unmatched,
            SoldListings listings,
            Warehouses warehouses,
            Exposures exposures,
            Clock clock) {
        this.orders = orders;
        this.claims = claims;
        this.unmatched = unmatched;
        this.listings = listings;
        this.warehouses = warehouses;
        this.exposures = exposures;
        this.clock = clock;
    }

    /**
     * Under the account's lock. Claims are saved, movements are left to the caller.
     *
     * @param from lines that were sold before demand nothing
     */
    Judged of(AccountId account, Instant from, List<OrderId> some) {
        var lines = lines(account, some);
        var having = having(account, lines);
        var demands = new TreeMap<String, Demand>();
        having.forEach((line, all) -> {
            var demand = Demand.of(line, all, from);
            if (demand != null) {
                demands.put(line, demand);
            }
        });
        var held = claims.of(account, lines);
        var sold = listings.of(account, demands.values());
        var preferred = warehouses.preferred().id();
        var changes = new Changes(account);
        held.forEach((line, before) -> {
            if (!having.containsKey(line)) {
                before.forEach(claim -> changes.add(claim, claim.released())); // no order has the line any more
            }
        });
        demands.forEach((line, demand) -> settle(
                demand, sold.get(demand.offer().externalId()), held.getOrDefault(line, List.of()), preferred, changes));
        unmatched.replace(account, lines, unmatched(account, demands.values(), sold));
        claims.save(account, changes.claims);
        return new Judged(changes.entries, sold(account, lines, demands, sold));
    }

    /** @param sold what each line is known to have sold; the caller says so once he holds the positions */
    record Judged(List<Entry> entries, List<SoldLine> sold) {}

    private List<SoldLine> sold(
            AccountId account, Set<String> lines, Map<String, Demand> demands, Map<String, Sold> listed) {
        var all = new ArrayList<SoldLine>();
        for (var before : exposures.of(account, lines)) {
            if (!demands.containsKey(before.line())) {
                all.add(new SoldLine(before.line(), before.listing(), 0, before.placedAt()));
            }
        }
        for (var demand : demands.values()) {
            var sold = listed.get(demand.offer().externalId());
            if (sold != null) {
                all.add(new SoldLine(demand.line(), sold.listing(), demand.sold(), demand.soldAt()));
            }
        }
        return all;
    }

    private static class Changes {

        private final AccountId account;
        private final List<Claim> claims = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();

        Changes(AccountId account) {
            this.account = account;
        }

        void add(Claim before, Claim after) {
            if (!after.equals(before)) {
                claims.add(after);
                entries.addAll(ClaimMovements.between(account, before, after));
            }
        }
    }

    /** Those that the orders have, and those that they had. */
    private Set<String> lines(AccountId account, List<OrderId> some) {
        var lines = new HashSet<String>();
        orders.find(some).forEach(order -> order.lines().forEach(line -> lines.add(line.externalId())));
        lines.addAll(claims.linesOf(account, some));
        lines.addAll(unmatched.linesOf(account, some));
        return lines;
    }

    private Map<String, List<OrderView>> having(AccountId account, Set<String> lines) {
        var having = new HashMap<String, List<OrderView>>();
        for (var order : orders.withLines(account, lines)) {
            order.lines().stream()
                    .map(OrderView.Line::externalId)
                    .distinct()
                    .filter(lines::contains)
                    .forEach(line -> having.computeIfAbsent(line, it -> new ArrayList<>())
                            .add(order));
        }
        return having;
    }

    private static void settle(
            Demand demand, @Nullable Sold sold, List<Claim> before, WarehouseId preferred, Changes changes) {
        if (demand.kind() == Kind.NOTHING) {
            before.forEach(claim -> changes.add(claim, claim.released()));
        } else if (demand.kind() != Kind.RESERVED && before.stream().anyMatch(claim -> claim.shipped() > 0)) {
            before.forEach(claim -> changes.add(claim, shippedBefore(claim, demand, preferred)));
        } else if (sold != null) {
            var each = each(sold, before);
            all(demand, sold, each.keySet(), before, preferred)
                    .forEach(claim -> changes.add(
                            claim, demanded(claim, demand, sold, each.getOrDefault(claim.item(), 0L), preferred)));
        }
    }

    /** It was shipped of those items, whatever the listing sells today. */
    private static Claim shippedBefore(Claim claim, Demand demand, WarehouseId preferred) {
        long shipped = claim.shipped() > 0 ? claim.each() * demand.quantity() : 0;
        return claim.next(preferred, demand.order().id(), claim.listing(), claim.goods(), claim.each(), 0, shipped);
    }

    /** What one sale takes. Of a bundle that was sold already, what it consisted of then; of another link, what that says. */
    private static Map<ItemId, Long> each(Sold sold, List<Claim> before) {
        var held = before.stream().filter(claim -> !claim.empty()).toList();
        var goods = sold.goods();
        return goods != null && !held.isEmpty() && held.stream().allMatch(claim -> goods.equals(claim.goods()))
                ? held.stream().collect(Collectors.toMap(Claim::item, Claim::each))
                : sold.each();
    }

    private static Claim demanded(Claim claim, Demand demand, Sold sold, long each, WarehouseId preferred) {
        long quantity = each * demand.quantity();
        boolean shipped = demand.kind() == Kind.SHIPPED;
        return claim.next(
                preferred,
                demand.order().id(),
                sold.listing(),
                sold.goods(),
                each,
                shipped ? 0 : quantity,
                shipped ? quantity : 0);
    }

    /** What the line has, and what it is to have. */
    private static Collection<Claim> all(
            Demand demand, Sold sold, Set<ItemId> items, List<Claim> before, WarehouseId preferred) {
        var claimed = new LinkedHashMap<ItemId, Claim>();
        before.forEach(claim -> claimed.put(claim.item(), claim));
        items.forEach(item -> claimed.computeIfAbsent(
                item,
                it -> Claim.none(demand.line(), it, preferred, demand.order().id(), sold.listing())));
        return claimed.values();
    }

    private List<UnmatchedLine> unmatched(AccountId account, Collection<Demand> demands, Map<String, Sold> listed) {
        var unknown = new ArrayList<UnmatchedLine>();
        for (var demand : demands) {
            var sold = listed.get(demand.offer().externalId());
            if (sold != null && !sold.known() && demand.kind() != Kind.NOTHING) {
                unknown.add(new UnmatchedLine(
                        account,
                        demand.line(),
                        demand.order().id(),
                        sold.listing(),
                        demand.quantity(),
                        clock.instant()));
            }
        }
        return unknown;
    }
}
