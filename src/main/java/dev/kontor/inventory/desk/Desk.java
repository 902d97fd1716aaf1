package dev.kontor.inventory.desk;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.api.NotFound;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.StockDesk;
import dev.kontor.inventory.allocation.Step;
import dev.kontor.inventory.allocation.Step.Holder;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.items.Warehouses.Warehouse;
import dev.kontor.inventory.ledger.Explanations;
import dev.kontor.inventory.ledger.Explanations.Explanation;
import dev.kontor.inventory.ledger.ManualMovements;
import dev.kontor.inventory.ledger.ManualMovements.MoveStock;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.ledger.Positions.Position;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.publication.Difference;
import dev.kontor.inventory.publication.ShownQuantities;
import dev.kontor.orders.OrderId;

@Component
class Desk implements StockDesk {

    private final Items items;
    private final Warehouses warehouses;
    private final Positions positions;
    private final ManualMovements movements;
    private final Explanations explanations;
    private final Listings listings;
    private final ShownQuantities quantities;
    private final OrderedGoods ordered;
    private final Clock clock;

    Desk(
            Items items,
            Warehouses warehouses,
            Positions positions,
            ManualMovements movements,
            Explanations explanations,
            Listings listings,
            ShownQuantities quantities,
            OrderedGoods ordered,
            Clock clock) {
        this.items = items;
        this.warehouses = warehouses;
        this.positions = positions;
        this.movements = movements;
        this.explanations = explanations;
        this.listings = listings;
        this.quantities = quantities;
        this.ordered = ordered;
        this.clock = clock;
    }

    @Override
    public Optional<Stocked> find(String skuOrId) {
        return items.find(skuOrId)
                .or(() -> nearly(skuOrId))
                .map(item -> stocked(List.of(item)).getFirst());
    }

    private Optional<Item> nearly(String sku) {
        var found = items.withNearlySku(List.of(sku));
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    @Override
    public List<Stocked> list(@Nullable String after, int limit) {
        var position = after == null ? null : new Items.Position(after);
        return stocked(items.list(new Items.Filter(null, null, null), position, limit));
    }

    private List<Stocked> stocked(List<Item> found) {
        var stock = positions.of(found.stream().map(Item::id).toList());
        var known = warehouses();
        return found.stream()
                .map(item -> new Stocked(
                        item.id(),
                        item.sku(),
                        item.name(),
                        item.type().stocked(),
                        stock.getOrDefault(item.id(), List.of()).stream()
                                .map(position -> place(known, position))
                                .toList()))
                .toList();
    }

    private Map<WarehouseId, Warehouse> warehouses() {
        return warehouses.all().stream().collect(Collectors.toMap(Warehouse::id, one -> one));
    }

    private static Place place(Map<WarehouseId, Warehouse> known, Position position) {
        return place(known, position.stock(), position.present(), position.reserved());
    }

    private static Place place(Map<WarehouseId, Warehouse> known, StockAt at, long present, long reserved) {
        var warehouse = known.get(at.warehouse());
        return new Place(
                warehouse == null ? at.warehouse().toString() : warehouse.name(),
                warehouse != null && warehouse.preferred(),
                present,
                reserved);
    }

    @Override
    public Counted count(ItemId item, long quantity, String key, String actor, String reason) {
        return move(item, MovementKind.COUNT, quantity, key, actor, reason);
    }

    @Override
    public Counted correct(ItemId item, long by, String key, String actor, String reason) {
        return move(item, MovementKind.CORRECTION, by, key, actor, reason);
    }

    private Counted move(ItemId item, MovementKind kind, long quantity, String key, String actor, String reason) {
        var known = items.find(item).orElseThrow(() -> NotFound.of("item", item));
        var stock = StockAt.own(known.id(), warehouses.preferred().id());
        var moved = movements
                .move(new MoveStock(key, stock, kind, quantity, actor, reason))
                .movement();
        return new Counted(moved.presentAfter() - moved.present(), moved.presentAfter());
    }

    @Override
    public List<Ordered> of(OrderId order) {
        return ordered.of(order);
    }

    @Override
    public List<Explained> explain(ItemId item) {
        var known = warehouses();
        return explanations.of(item, clock.instant()).stream()
                .map(explanation -> explained(known, explanation))
                .toList();
    }

    private static Explained explained(Map<WarehouseId, Warehouse> known, Explanation one) {
        return new Explained(
                place(known, one.stock(), one.present(), one.reserved()),
                one.presentTerms().stream()
                        .map(term -> new Term(term.kind().name(), term.movements(), term.quantity()))
                        .toList(),
                one.reservedTerms().stream()
                        .map(term -> new Held(term.order(), term.quantity()))
                        .toList());
    }

    @Override
    public List<Shown> shown(ItemId item, int limit) {
        return listings.list(new Listings.Filter(null, item, null), null, limit).stream()
                .filter(listing -> !listing.gone() && !listing.fulfilledByMarketplace())
                .map(this::shown)
                .toList();
    }

    private Shown shown(Listing listing) {
        var quantity = quantities.of(listing.id(), null);
        return new Shown(
                listing.id(),
                listing.account(),
                listing.externalId(),
                quantity.desired(),
                quantity.steps().stream().map(this::term).toList(),
                quantity.differences().stream().map(Desk::term).toList(),
                quantity.published(),
                listing.stock().state().name());
    }

    private ShownTerm term(Step step) {
        var others = step.others();
        return new ShownTerm(
                step.kind().name(),
                step.quantity(),
                others == null ? List.of() : keepers(others.most()),
                others == null ? 0 : others.rest(),
                null);
    }

    private List<Keeper> keepers(List<Holder> holders) {
        var named = listings.find(holders.stream().map(Holder::listing).toList()).stream()
                .collect(Collectors.toMap(Listing::id, one -> one));
        return holders.stream()
                .filter(holder -> named.containsKey(holder.listing()))
                .map(holder -> {
                    var listing = Objects.requireNonNull(named.get(holder.listing()));
                    return new Keeper(listing.account(), listing.externalId(), holder.units());
                })
                .toList();
    }

    private static ShownTerm term(Difference difference) {
        return new ShownTerm(difference.kind().name(), difference.quantity(), List.of(), 0, difference.since());
    }
}
