package dev.kontor.inventory.items;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.Item.Part;

import static java.time.ZoneOffset.UTC;

@Repository
public class Items {

    private static final int EXPORT_PAGE = 500;
    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    Items(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Which items are meant; null means any. */
    public record Filter(
            @Nullable ItemType type,
            @Nullable String ean,
            @Nullable String q) {}

    /** Where a page ended. */
    public record Position(String sku) {

        public static Position of(Item item) {
            return new Position(item.sku());
        }
    }

    /** Also by its id, for not every SKU can stand in an address. */
    public Optional<Item> find(String skuOrId) {
        var bySku = where("sku = ?", List.of(skuOrId));
        return bySku.isEmpty() ? id(skuOrId).flatMap(this::find) : Optional.of(bySku.getFirst());
    }

    public Optional<Item> find(ItemId id) {
        return where("id = ?", List.of(id.value())).stream().findFirst();
    }

    public Map<String, Item> bySku(Collection<String> skus) {
        var found = new HashMap<String, Item>();
        where("sku = any(?)", parameter(skus.toArray(String[]::new))).forEach(item -> found.put(item.sku(), item));
        return found;
    }

    public Map<ItemId, Item> byId(Collection<ItemId> wanted) {
        var found = new HashMap<ItemId, Item>();
        where("id = any(?)", parameter(wanted.stream().map(ItemId::value).toArray(UUID[]::new)))
                .forEach(item -> found.put(item.id(), item));
        return found;
    }

    public Map<Gtin, List<Item>> byEan(Collection<Gtin> eans) {
        return where("ean = any(?)", parameter(eans.stream().map(Gtin::digits).toArray(String[]::new))).stream()
                .collect(Collectors.groupingBy(item -> Objects.requireNonNull(item.ean())));
    }

    /** Whose SKU is one of these but for capital letters. */
    public List<Item> withNearlySku(Collection<String> skus) {
        return where(
                "lower(sku) = any(?)",
                parameter(skus.stream().map(sku -> sku.toLowerCase(Locale.ROOT)).toArray(String[]::new)));
    }

    /** By SKU. */
    public List<Item> list(Filter filter, @Nullable Position after, int limit) {
        var conditions = new ArrayList<String>(List.of("true"));
        var parameters = new ArrayList<Object>();
        if (filter.type() != null) {
            conditions.add("type = ?");
            parameters.add(filter.type().name());
        }
        if (filter.ean() != null) {
            conditions.add("ean = ?");
            parameters.add(filter.ean());
        }
        if (filter.q() != null) {
            conditions.add("(strpos(lower(sku), lower(?)) > 0 or strpos(lower(name), lower(?)) > 0)");
            parameters.addAll(List.of(filter.q(), filter.q()));
        }
        if (after != null) {
            conditions.add("sku > ?");
            parameters.add(after.sku());
        }
        parameters.add(limit);
        return where(String.join(" and ", conditions) + " order by sku limit ?", parameters);
    }

    /** All of them, by SKU, a page at a time in memory. */
    public void forEach(Filter filter, Consumer<Item> consumer) {
        Position after = null;
        List<Item> page;
        do {
            page = list(filter, after, EXPORT_PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? null : Position.of(page.getLast());
        } while (page.size() == EXPORT_PAGE);
    }

    private record Row(
            UUID id,
            String sku,
            String name,
            @Nullable String ean,
            String type,
            long version,
            Instant createdAt,
            Instant changedAt) {

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getString("sku"),
                    row.getString("name"),
                    row.getString("ean"),
                    row.getString("type"),
                    row.getLong("version"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant());
        }

        Item with(List<Part> parts) {
            return new Item(
                    new ItemId(id),
                    sku,
                    name,
                    ean == null ? null : new Gtin(ean),
                    ItemType.valueOf(type),
                    parts,
                    version,
                    createdAt,
                    changedAt);
        }
    }

    private List<Item> where(String condition, List<?> parameters) {
        var rows = jdbc.sql("select * from inventory.items where " + condition)
                .params(parameters)
                .query(Row::of)
                .list();
        var parts = parts(rows);
        return rows.stream()
                .map(row -> row.with(parts.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private Map<UUID, List<Part>> parts(List<Row> rows) {
        var bundles = rows.stream()
                .filter(row -> row.type().equals(ItemType.BUNDLE.name()))
                .map(Row::id)
                .toArray(UUID[]::new);
        var parts = new HashMap<UUID, List<Part>>();
        if (bundles.length > 0) {
            batches.query(
                    """
                    select bundle, sku, quantity from inventory.bundle_parts join inventory.items on id = part
                    where bundle = any(?) order by bundle, sku""",
                    row -> {
                        parts.computeIfAbsent(row.getObject("bundle", UUID.class), id -> new ArrayList<>())
                                .add(new Part(row.getString("sku"), row.getInt("quantity")));
                    },
                    (Object) bundles);
        }
        return parts;
    }

    /** False where the SKU is taken; somebody who is about to take it is waited for. */
    boolean add(ItemWish wish, Instant now) {
        return insert("on conflict (sku) do nothing", List.of(wish), now) == 1;
    }

    /** Of the new and of the known by SKU; the parts of bundles are written by {@link Bundles}. */
    void save(List<ItemWish> wishes, Instant now) {
        insert("""
                on conflict (sku) do update set name = excluded.name, ean = excluded.ean,
                  version = items.version + 1, changed_at = excluded.changed_at""", wishes, now);
    }

    private int insert(String where, List<ItemWish> wishes, Instant now) {
        return jdbc.sql("""
                        insert into inventory.items (id, sku, name, ean, type, version, created_at, changed_at)
                        select id, sku, name, ean, type, 1, :now, :now
                        from unnest(:ids::uuid[], :skus::text[], :names::text[], :eans::text[], :types::text[])
                          as wish (id, sku, name, ean, type)
                        """ + where)
                .param("now", now.atOffset(UTC))
                .param("ids", wishes.stream().map(wish -> ids.generate()).toArray(UUID[]::new))
                .param("skus", wishes.stream().map(ItemWish::sku).toArray(String[]::new))
                .param("names", wishes.stream().map(ItemWish::name).toArray(String[]::new))
                .param("eans", wishes.stream().map(ItemWish::ean).toArray(String[]::new))
                .param("types", wishes.stream().map(wish -> wish.type().name()).toArray(String[]::new))
                .update();
    }

    /** Until the end of the transaction nobody else changes the item. */
    void lock(ItemId id) {
        jdbc.sql("select from inventory.items where id = ? for update")
                .param(id.value())
                .query((row, number) -> true)
                .list();
    }

    /** An array as one parameter, of which {@code List.of} would make many. */
    private static List<Object> parameter(Object[] array) {
        return Collections.singletonList(array);
    }

    private static Optional<ItemId> id(String text) {
        try {
            return text.length() == 36 ? Optional.of(new ItemId(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
