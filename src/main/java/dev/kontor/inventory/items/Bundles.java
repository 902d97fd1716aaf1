package dev.kontor.inventory.items;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.Item.Part;

/** What bundles consist of, all the way down. */
@Repository
public class Bundles {

    /** Bundles in bundles, and what one of them comes down to: parts, and units of each. */
    private static final int DEEPEST = 5;

    private static final int MOST_PARTS = 1_000;
    private static final int MOST_UNITS = 1_000_000;

    private final JdbcTemplate jdbc;

    Bundles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** So many of an item that has no parts itself. */
    public record Content(ItemId item, long quantity, ItemType type) {}

    /** What is on the shelf for one of each item: the item itself, or what its parts come down to. */
    public Map<ItemId, List<Content>> contents(Collection<ItemId> items) {
        var contents = new HashMap<ItemId, List<Content>>();
        jdbc.query(
                """
                with recursive content (root, item, quantity) as (
                  select id, id, 1::bigint from unnest(?::uuid[]) as id
                  union all
                  select root, part, content.quantity * bundle_parts.quantity
                  from content join inventory.bundle_parts on bundle = item
                )
                select root, item, sum(quantity) as quantity, type from content join inventory.items on id = item
                where type <> 'BUNDLE' group by root, item, type order by root, item""",
                row -> {
                    contents.computeIfAbsent(new ItemId(row.getObject("root", UUID.class)), id -> new ArrayList<>())
                            .add(new Content(
                                    new ItemId(row.getObject("item", UUID.class)),
                                    row.getLong("quantity"),
                                    ItemType.valueOf(row.getString("type"))));
                },
                (Object) items.stream().map(ItemId::value).toArray(UUID[]::new));
        return contents;
    }

    /** Two changes at once could close a circle that neither sees, so there is one at a time. */
    void lock() {
        jdbc.query("select pg_advisory_xact_lock(hashtextextended('inventory.bundles', 0))", row -> {});
    }

    void replace(Item bundle, List<Part> parts, Map<String, Item> known) {
        record Row(ItemId part, int quantity) {}
        var problems = new ArrayList<FieldProblem>();
        var rows = new ArrayList<Row>();
        for (int index = 0; index < parts.size(); index++) {
            var item = known.get(parts.get(index).sku());
            if (item == null) {
                problems.add(new FieldProblem("parts[" + index + "].sku", "is the SKU of no item"));
            } else {
                rows.add(new Row(item.id(), parts.get(index).quantity()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
        jdbc.update(
                "delete from inventory.bundle_parts where bundle = ?",
                bundle.id().value());
        jdbc.batchUpdate(
                "insert into inventory.bundle_parts (bundle, part, quantity) values (?, ?, ?)",
                rows,
                500,
                (statement, row) -> {
                    statement.setObject(1, bundle.id().value());
                    statement.setObject(2, row.part().value());
                    statement.setInt(3, row.quantity());
                });
        if (containsItself(bundle.id())) {
            throw new InvalidField("parts", "must not lead back to the bundle itself");
        }
        if (comesDownToTooMuch(bundle.id())) {
            throw new InvalidField(
                    "parts",
                    "must not lead through more than %d bundles, nor any bundle come down to more than %d parts or %d of one"
                            .formatted(DEEPEST, MOST_PARTS, MOST_UNITS));
        }
    }

    /** The bundle, or one that it is in. No more is looked at than it takes to know. */
    private boolean comesDownToTooMuch(ItemId bundle) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                with recursive affected (root) as (
                  select ?::uuid union select bundle from affected join inventory.bundle_parts on part = root
                ), content (root, item, depth, quantity) as (
                  select root, root, 0, 1::bigint from affected
                  union all
                  select root, part, depth + 1, content.quantity * bundle_parts.quantity
                  from content join inventory.bundle_parts on bundle = item where depth <= ? and content.quantity <= ?
                ), looked_at as (
                  select * from content limit (select count(*) * (? + 1) + 1 from affected)
                )
                select exists (select from looked_at group by root
                  having count(*) > ? + 1 or max(depth) > ? or max(quantity) > ?)""", Boolean.class, bundle.value(), DEEPEST, MOST_UNITS, MOST_PARTS, MOST_PARTS, DEEPEST, MOST_UNITS));
    }

    private boolean containsItself(ItemId bundle) {
        return Boolean.TRUE.equals(jdbc.queryForObject("""
                with recursive content (item) as (
                  select part from inventory.bundle_parts where bundle = ?
                  union
                  select part from content join inventory.bundle_parts on bundle = item
                )
                select exists (select from content where item = ?)""", Boolean.class, bundle.value(), bundle.value()));
    }
}
