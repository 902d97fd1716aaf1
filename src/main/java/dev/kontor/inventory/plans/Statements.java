package dev.kontor.inventory.plans;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;

/** Remembers who said lately of which items how many there are: a source that jumps is to be doubted as a whole. */
@Repository
public class Statements {

    private final JdbcClient jdbc;
    private final PlanProperties properties;

    Statements(JdbcClient jdbc, PlanProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * @param source who says it
     * @param before how many there were; 0 where nobody had said anything
     * @param first nobody had said anything
     */
    public record Statement(String source, ItemId item, long before, long after, boolean first) {

        private boolean fell(double share) {
            return first ? after == 0 : after < before * (1 - share);
        }
    }

    /** Joins the caller's transaction, in which the stock is changed. */
    public void add(List<Statement> statements, Instant at) {
        var latest = new HashMap<List<Object>, Statement>();
        statements.forEach(it -> latest.put(List.of(it.source(), it.item()), it));
        var rows = latest.values().stream()
                .sorted(comparing(Statement::source)
                        .thenComparing(it -> it.item().value(), UUID::compareTo))
                .toList();
        jdbc.sql("""
                        insert into inventory.statements (source, item, fell, at)
                        select source, item, fell, :at from unnest(:sources::text[], :items::uuid[], :fell::boolean[])
                          as said (source, item, fell)
                        on conflict (source, item) do update set fell = excluded.fell, at = excluded.at""")
                .param("at", at.atOffset(UTC))
                .param("sources", rows.stream().map(Statement::source).toArray(String[]::new))
                .param("items", items(rows.stream().map(Statement::item)))
                .param(
                        "fell",
                        rows.stream().map(it -> it.fell(properties.fall())).toArray(Boolean[]::new))
                .update();
    }

    /** For each listing that sells something of which the count of a jumping source fell: that source. */
    Map<ListingId, String> doubted(Collection<ListingId> listings, Instant now) {
        var doubted = new HashMap<ListingId, String>();
        jdbc.sql("""
                        with jumping as (
                          select source from inventory.statements where at > :since group by source
                          having count(*) >= :least and count(*) filter (where fell) > count(*) * :share
                        )
                        select distinct on (c.listing) c.listing, s.source from inventory.listing_contents c
                        join inventory.statements s on s.item = c.item and s.fell and s.at > :since
                        join jumping on jumping.source = s.source
                        where c.listing = any(:listings) order by c.listing, s.at desc""")
                .param("since", now.minus(properties.window()).atOffset(UTC))
                .param("least", properties.least())
                .param("share", properties.sourceShare())
                .param("listings", listings.stream().map(ListingId::value).toArray(UUID[]::new))
                .query(row -> {
                    doubted.put(new ListingId(row.getObject("listing", UUID.class)), row.getString("source"));
                });
        return doubted;
    }

    /** Somebody has looked at what it said. */
    void believe(String source) {
        jdbc.sql("delete from inventory.statements where source = ?")
                .param(source)
                .update();
    }

    private static UUID[] items(Stream<ItemId> items) {
        return items.map(ItemId::value).toArray(UUID[]::new);
    }
}
