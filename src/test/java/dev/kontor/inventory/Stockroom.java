package dev.kontor.inventory;

import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.Movement;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.ledger.Posted;
import dev.kontor.inventory.ledger.StockAt;

/** Goods for tests. */
@Component
public class Stockroom {

    private static final Cause TEST = Cause.of("test", "because the test says so");

    private final Catalogue catalogue;
    private final Warehouses warehouses;
    private final Ledger ledger;
    private final Positions positions;

    Stockroom(Catalogue catalogue, Warehouses warehouses, Ledger ledger, Positions positions) {
        this.catalogue = catalogue;
        this.warehouses = warehouses;
        this.ledger = ledger;
        this.positions = positions;
    }

    public static String aSku() {
        return "SKU-" + UUID.randomUUID();
    }

    public Item anItem() {
        return catalogue.create(new ItemWish(aSku(), "Mug", null, ItemType.SIMPLE, List.of()));
    }

    public Item anItem(String sku) {
        return catalogue.create(new ItemWish(sku, "Mug", null, ItemType.SIMPLE, List.of()));
    }

    public Item anItemWith(int present) {
        var item = anItem();
        receive(item, present);
        return item;
    }

    public Item aBundleOf(Item.Part... parts) {
        return catalogue.create(new ItemWish(aSku(), "Set", null, ItemType.BUNDLE, List.of(parts)));
    }

    public void reassemble(Item bundle, Item.Part... parts) {
        catalogue.change(
                bundle.id(),
                version -> {},
                wish -> new ItemWish(wish.sku(), wish.name(), wish.ean(), wish.type(), List.of(parts)));
    }

    public StockAt stock(Item item) {
        return StockAt.own(item.id(), warehouses.preferred().id());
    }

    public void receive(Item item, int quantity) {
        post(UUID.randomUUID().toString(), item, MovementKind.RECEIPT, new Change.By(quantity, 0));
    }

    public Posted post(String key, Item item, MovementKind kind, Change change) {
        return ledger.post(List.of(new Entry(key, stock(item), kind, change, TEST)))
                .getFirst();
    }

    public long present(Item item) {
        return positions.of(item.id()).stream()
                .mapToLong(Positions.Position::present)
                .sum();
    }

    public long reserved(Item item) {
        return positions.of(item.id()).stream()
                .mapToLong(Positions.Position::reserved)
                .sum();
    }

    public long available(Item item) {
        return present(item) - reserved(item);
    }

    /** The oldest first. */
    public List<Movement> movements(Item item) {
        return positions.movements(item.id(), null, null, 100_000).stream()
                .map(Positions.Listed::movement)
                .toList()
                .reversed();
    }

    public List<MovementKind> kinds(Item item) {
        return movements(item).stream().map(Movement::kind).toList();
    }
}
