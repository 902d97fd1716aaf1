package dev.kontor.inventory.imports;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.imports.ImportReport.Refused;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.ledger.Positions.Position;
import dev.kontor.inventory.ledger.Posted;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.inventory.plans.Statements;
import dev.kontor.inventory.plans.Statements.Statement;

/** Takes the good rows of a spreadsheet, and tells what is wrong with the others. The same file once more changes nothing. */
@Component
public class ItemImport {

    public static final int MOST_ROWS = 50_000;

    private static final FieldProblem COUNTED =
            new FieldProblem("count", "must be empty, because the item has movements; write another one instead");

    private final Items items;
    private final Catalogue catalogue;
    private final Warehouses warehouses;
    private final Positions positions;
    private final Ledger ledger;
    private final Statements statements;
    private final Clock clock;
    private final AuditLog audit;

    ItemImport(
            Items items,
            Catalogue catalogue,
            Warehouses warehouses,
            Positions positions,
            Ledger ledger,
            Statements statements,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.items = items;
        this.catalogue = catalogue;
        this.warehouses = warehouses;
        this.positions = positions;
        this.ledger = ledger;
        this.statements = statements;
        this.clock = clock;
    }

    /** @param recount a name for this stocktaking, where items that have movements are counted again; else null */
    @Transactional
    public ImportReport csv(byte[] file, @Nullable String recount, String actor) {
        return take(CsvSheet.read(file, MOST_ROWS + 1), recount, actor);
    }

    @Transactional
    public ImportReport xlsx(byte[] file, @Nullable String recount, String actor) {
        return take(XlsxSheet.read(file, MOST_ROWS + 1), recount, actor);
    }

    private ImportReport take(List<SheetRow> sheet, @Nullable String recount, String actor) {
        if (sheet.isEmpty()) {
            throw new InvalidField("body", "must begin with a line that names the columns");
        }
        if (sheet.size() > MOST_ROWS + 1) {
            throw new InvalidField("body", "must have at most " + MOST_ROWS + " rows");
        }
        var columns = new Columns(sheet.getFirst());
        var rows = sheet.stream()
                .skip(1)
                .filter(row -> !row.blank())
                .map(row -> new ImportedRow(row, columns))
                .toList();
        if (rows.isEmpty()) { // whoever sends it meant to say something
            throw new InvalidField("body", "must have rows below the names of the columns");
        }
        var report = new Turn(rows, recount, actor).take();
        audit.record(Act.of("items.imported", "items", "import")
                .field("recount", recount != null)
                .field("rows", report.rows())
                .field("added", report.added())
                .field("changed", report.changed())
                .field("counted", report.counted())
                .field("refused", report.refused().size()));
        return report;
    }

    /** One import. */
    private class Turn {

        private final List<ImportedRow> rows;
        private final @Nullable String recount;
        private final String actor;
        private final Map<String, Item> known;
        private final Map<ImportedRow, ItemWish> wishes = new LinkedHashMap<>();
        private final List<Refused> refused = new ArrayList<>();

        Turn(List<ImportedRow> rows, @Nullable String recount, String actor) {
            this.rows = rows;
            this.recount = recount;
            this.actor = actor;
            this.known = new HashMap<>(items.bySku(rows.stream()
                    .flatMap(row -> Stream.concat(
                            Stream.of(row.sku()), row.parts().stream().map(Part::sku)))
                    .distinct()
                    .toList()));
        }

        ImportReport take() {
            var before = Map.copyOf(known);
            judge();
            var plain = good(type -> type != ItemType.BUNDLE);
            var changed = changed(plain, before);
            if (!changed.isEmpty()) {
                catalogue.save(changed);
            }
            known.putAll(items.bySku(plain.stream().map(ItemWish::sku).toList()));
            changed.addAll(takeBundles());
            var counted = count();
            var good = wishes.keySet().stream()
                    .filter(row -> row.problems().isEmpty())
                    .count();
            var added = changed.stream()
                    .filter(wish -> !before.containsKey(wish.sku()))
                    .count();
            return new ImportReport(
                    rows.size(),
                    (int) added,
                    (int) (changed.size() - added),
                    (int) (good - changed.size()),
                    counted,
                    refused.stream()
                            .sorted(Comparator.comparingInt(Refused::line))
                            .toList());
        }

        private void judge() {
            var seen = new HashSet<String>();
            var counts = firstCounts();
            for (var row : rows) {
                var item = known.get(row.sku());
                var wish = row.wish(item);
                wish.problems().forEach(problem -> row.refuse(problem.field(), problem.message()));
                if (!seen.add(row.sku())) {
                    row.refuse("sku", "is in the file a second time");
                }
                if (item != null && item.type() != wish.type()) {
                    row.refuse("type", "must stay " + item.type());
                }
                if (row.count() != null && !wish.type().stocked()) {
                    row.refuse("count", "must be empty for an item of type " + wish.type());
                }
                if (recount == null
                        && row.count() != null
                        && item != null
                        && countedOtherwise(item, row.count(), counts)) {
                    row.refuse(COUNTED.field(), COUNTED.message());
                }
                wishes.put(row, wish);
                tell(row);
            }
        }

        /** What earlier imports counted, null where a position has movements of another origin. */
        private Map<ItemId, @Nullable Long> firstCounts() {
            return positions.firstCounts(known.values().stream().map(Item::id).toList());
        }

        private static boolean countedOtherwise(Item item, long count, Map<ItemId, @Nullable Long> counts) {
            return counts.containsKey(item.id()) && !Long.valueOf(count).equals(counts.get(item.id()));
        }

        private List<ItemWish> good(Predicate<ItemType> type) {
            return wishes.entrySet().stream()
                    .filter(it -> it.getKey().problems().isEmpty())
                    .map(Map.Entry::getValue)
                    .filter(wish -> type.test(wish.type()))
                    .toList();
        }

        private static List<ItemWish> changed(Collection<ItemWish> wishes, Map<String, Item> before) {
            var changed = new ArrayList<ItemWish>();
            for (var wish : wishes) {
                var item = before.get(wish.sku());
                if (item == null || !wish.equals(ItemWish.of(item))) {
                    changed.add(wish);
                }
            }
            return changed;
        }

        /** Those whose parts are there, then those that have these as parts, until none is left that can be taken. */
        private List<ItemWish> takeBundles() {
            var left = new LinkedHashMap<ImportedRow, ItemWish>();
            wishes.forEach((row, wish) -> {
                if (row.problems().isEmpty() && wish.type() == ItemType.BUNDLE) {
                    left.put(row, wish);
                }
            });
            var taken = new ArrayList<ItemWish>();
            boolean progress = true;
            while (progress) {
                progress = left.entrySet().removeIf(it -> {
                    var complete = it.getValue().parts().stream().allMatch(part -> known.containsKey(part.sku()));
                    if (complete) {
                        taken.addAll(takeBundle(it.getKey(), it.getValue()));
                    }
                    return complete;
                });
            }
            left.forEach((row, wish) -> {
                wish.parts().stream()
                        .filter(part -> !known.containsKey(part.sku()))
                        .forEach(part -> row.refuse("parts", "names " + part.sku() + ", which is the SKU of no item"));
                tell(row);
            });
            return taken;
        }

        private List<ItemWish> takeBundle(ImportedRow row, ItemWish wish) {
            var item = known.get(wish.sku());
            if (item != null && wish.equals(ItemWish.of(item))) {
                return List.of();
            }
            try {
                known.put(wish.sku(), catalogue.saveBundle(wish));
                return List.of(wish);
            } catch (InvalidField e) {
                e.errors().forEach(problem -> row.refuse(problem.field(), problem.message()));
                tell(row);
                return List.of();
            }
        }

        private int count() {
            var warehouse = warehouses.preferred().id();
            var moved = recount == null ? Map.<ItemId, List<Position>>of() : positions.of(stocked());
            var entries = new LinkedHashMap<ImportedRow, Entry>();
            var unchanged = new ArrayList<Statement>();
            wishes.forEach((row, wish) -> {
                var item = known.get(wish.sku());
                var count = row.count();
                if (item != null && count != null && row.problems().isEmpty()) {
                    var stock = StockAt.own(item.id(), warehouse);
                    var present = present(moved.getOrDefault(item.id(), List.of()), stock);
                    if (present == null) {
                        var change = recount == null ? new Change.First(count) : new Change.To(count);
                        entries.put(
                                row,
                                entry("import/" + item.id(), stock, MovementKind.IMPORT, change, "first count", row));
                    } else if (present == count.longValue()) {
                        unchanged.add(new Statement(actor, item.id(), present, present, false));
                    } else {
                        var key = "recount/" + recount + "/" + item.id();
                        entries.put(
                                row, entry(key, stock, MovementKind.COUNT, new Change.To(count), "counted again", row));
                    }
                }
            });
            if (!unchanged.isEmpty()) {
                statements.add(unchanged, clock.instant());
            }
            var posted = ledger.post(List.copyOf(entries.values())).iterator();
            int counted = 0;
            for (var row : entries.keySet()) {
                switch (posted.next()) {
                    case Posted.Written ignored -> counted++;
                    case Posted.Refused ignored -> refused.add(Refused.of(row.line(), COUNTED)); // a moment ago
                    case Posted.Repeated ignored -> {}
                }
            }
            return counted;
        }

        private List<ItemId> stocked() {
            return wishes.values().stream()
                    .map(wish -> known.get(wish.sku()))
                    .filter(Objects::nonNull)
                    .map(Item::id)
                    .toList();
        }

        private static @Nullable Long present(List<Position> positions, StockAt stock) {
            return positions.stream()
                    .filter(position -> position.stock().equals(stock) && position.movements() > 0)
                    .map(Position::present)
                    .findFirst()
                    .orElse(null);
        }

        private Entry entry(String key, StockAt stock, MovementKind kind, Change change, String what, ImportedRow row) {
            var cause = Cause.of(actor, what + ", line " + row.line() + " of an imported file");
            return new Entry(key, stock, kind, change, cause);
        }

        private void tell(ImportedRow row) {
            for (FieldProblem problem : row.problems()) {
                refused.add(Refused.of(row.line(), problem));
            }
        }
    }
}
