package dev.kontor.inventory.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.marketplaces.FulfilledStock.Holding;

import static java.time.ZoneOffset.UTC;

/** What marketplaces said that they keep in their own warehouses. */
@Repository
public class FulfilledHoldings {

    private final JdbcClient jdbc;

    FulfilledHoldings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a marketplace keeps of an item.
     *
     * @param units how many of the item one of the listing is; the other numbers are of the listing
     */
    public record KeptStock(
            AccountId account,
            ListingId listing,
            int units,
            String warehouse,
            String scheme,
            int sellable,
            int reserved,
            int inbound,
            Instant asOf) {

        private static KeptStock of(ResultSet row, int number) throws SQLException {
            return new KeptStock(
                    new AccountId(row.getObject("account", UUID.class)),
                    new ListingId(row.getObject("listing", UUID.class)),
                    row.getInt("units"),
                    row.getString("warehouse"),
                    row.getString("scheme"),
                    row.getInt("sellable"),
                    row.getInt("reserved"),
                    row.getInt("inbound"),
                    row.getObject("as_of", OffsetDateTime.class).toInstant());
        }
    }

    public List<KeptStock> of(ItemId item) {
        return jdbc.sql("""
                        select l.account, l.id as listing, l.units, f.warehouse, f.scheme, f.sellable, f.reserved, f.inbound,
                          f.as_of
                        from inventory.listings l
                        join inventory.fulfilled_stock f on (f.account, f.external_id) = (l.account, l.external_id)
                        where l.item = ? order by l.id, f.warehouse, f.scheme""").param(item.value()).query(KeptStock::of).list();
    }

    void save(AccountId account, Collection<Holding> told, UUID reading) {
        var latest = new LinkedHashMap<List<String>, Holding>();
        told.forEach(holding -> latest.put(
                List.of(holding.listing(), holding.warehouse(), holding.scheme()), holding)); // some come twice
        var holdings = List.copyOf(latest.values());
        jdbc.sql("""
                        insert into inventory.fulfilled_stock (account, external_id, warehouse, scheme, sku, sellable,
                          reserved, inbound, as_of, reading)
                        select :account, external_id, warehouse, scheme, sku, sellable, reserved, inbound, as_of, :reading
                        from unnest(:listings::text[], :warehouses::text[], :schemes::text[], :skus::text[],
                            :sellable::int[], :reserved::int[], :inbound::int[], :asOfs::timestamptz[])
                          as holding (external_id, warehouse, scheme, sku, sellable, reserved, inbound, as_of)
                        order by external_id, warehouse, scheme
                        on conflict (account, external_id, warehouse, scheme) do update set sku = excluded.sku,
                          sellable = excluded.sellable, reserved = excluded.reserved, inbound = excluded.inbound,
                          as_of = excluded.as_of, reading = excluded.reading""")
                .param("account", account.value())
                .param("reading", reading)
                .param("listings", texts(holdings, Holding::listing))
                .param("warehouses", texts(holdings, Holding::warehouse))
                .param("schemes", texts(holdings, Holding::scheme))
                .param("skus", texts(holdings, Holding::sku))
                .param("sellable", holdings.stream().map(Holding::sellable).toArray(Integer[]::new))
                .param("reserved", holdings.stream().map(Holding::reserved).toArray(Integer[]::new))
                .param("inbound", holdings.stream().map(Holding::inbound).toArray(Integer[]::new))
                .param("asOfs", texts(holdings, holding -> holding.asOf().toString()))
                .update();
    }

    /** The whole reading has told nothing of them: there are none. */
    void empty(AccountId account, UUID reading, Instant asOf) {
        jdbc.sql("""
                        update inventory.fulfilled_stock set sellable = 0, reserved = 0, inbound = 0, as_of = :asOf
                        where account = :account and reading <> :reading and as_of < :asOf""")
                .param("account", account.value())
                .param("reading", reading)
                .param("asOf", asOf.atOffset(UTC))
                .update();
    }

    private static @Nullable String[] texts(List<Holding> holdings, Function<Holding, @Nullable String> text) {
        return holdings.stream().map(text).toArray(String[]::new);
    }
}
