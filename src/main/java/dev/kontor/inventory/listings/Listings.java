package dev.kontor.inventory.listings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.listings.Listing.Link;

import static java.time.ZoneOffset.UTC;

@Repository
public class Listings {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JdbcClient jdbc;
    private final Contents contents;

    Listings(JdbcClient jdbc, Contents contents) {
        this.jdbc = jdbc;
        this.contents = contents;
    }

    /** An offer of which Kontor has heard, and what it was called. */
    public record Seen(
            String externalId, String variant, @Nullable String sku, String name) {}

    /** Which listings are meant; null means any. */
    public record Filter(
            @Nullable AccountId account,
            @Nullable ItemId item,
            @Nullable Boolean linked) {}

    /** Where a page ended. */
    public record Position(UUID id) {

        public static Position of(Listing listing) {
            return new Position(listing.id().value());
        }
    }

    /** Those that are new are stored; of those that are known nothing changes. */
    public Map<Seen, Listing> seen(AccountId account, Collection<Seen> offers, Instant now) {
        jdbc.sql("""
                        insert into inventory.listings (id, account, external_id, variant, sku, name, version, seen_at)
                        select id, :account, external_id, variant, sku, name, 1, :now
                        from unnest(:ids::uuid[], :offers::text[], :variants::text[], :skus::text[], :names::text[])
                          as offer (id, external_id, variant, sku, name)
                        where not exists (select from inventory.listings l where l.account = :account
                          and l.external_id = offer.external_id and l.variant = offer.variant)
                        on conflict do nothing""")
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .param("ids", offers.stream().map(offer -> ids.generate()).toArray(UUID[]::new))
                .param("offers", offers.stream().map(Seen::externalId).toArray(String[]::new))
                .param("variants", offers.stream().map(Seen::variant).toArray(String[]::new))
                .param("skus", offers.stream().map(Seen::sku).toArray(String[]::new))
                .param("names", offers.stream().map(Seen::name).toArray(String[]::new))
                .update();
        var known = new HashMap<List<String>, Listing>();
        where(
                        "account = ? and external_id = any(?)",
                        account.value(),
                        offers.stream().map(Seen::externalId).toArray(String[]::new))
                .forEach(listing -> known.put(List.of(listing.externalId(), listing.variant()), listing));
        var found = new HashMap<Seen, Listing>();
        for (var offer : offers) {
            var listing = known.get(List.of(offer.externalId(), offer.variant()));
            if (listing != null) {
                found.put(offer, listing);
            }
        }
        return found;
    }

    public Optional<Listing> find(ListingId id) {
        return where("id = ?", id.value()).stream().findFirst();
    }

    /** The oldest first. */
    public List<Listing> list(Filter filter, @Nullable Position after, int limit) {
        var conditions = new ArrayList<String>(List.of("true"));
        var parameters = new ArrayList<Object>();
        if (filter.account() != null) {
            conditions.add("account = ?");
            parameters.add(filter.account().value());
        }
        if (filter.item() != null) {
            conditions.add("item = ?");
            parameters.add(filter.item().value());
        }
        if (filter.linked() != null) {
            conditions.add("(item is not null) = ?");
            parameters.add(filter.linked());
        }
        if (after != null) {
            conditions.add("id > ?");
            parameters.add(after.id());
        }
        parameters.add(limit);
        return where(String.join(" and ", conditions) + " order by id limit ?", parameters.toArray());
    }

    /** Of which nobody knows what they sell, and whose SKU is one of these. */
    public List<Listing> unlinked(Collection<String> skus) {
        return where("item is null and lower(trim(sku)) = any(?)", (Object)
                skus.stream().map(sku -> sku.strip().toLowerCase(Locale.ROOT)).toArray(String[]::new));
    }

    /** @param link null to take it away */
    public void link(ListingId id, @Nullable Link link) {
        jdbc.sql("""
                        update inventory.listings set item = :item, units = :units, linked_by = :by, version = version + 1
                        where id = :id""")
                .param("id", id.value())
                .param("item", link == null ? null : link.item().value())
                .param("units", link == null ? null : link.units())
                .param("by", link == null ? null : link.by())
                .update();
        contents.refresh(List.of(id));
    }

    private List<Listing> where(String condition, Object... parameters) {
        return jdbc.sql("select * from inventory.listings where " + condition)
                .params(parameters)
                .query(Listings::listing)
                .list();
    }

    private static Listing listing(ResultSet row, int number) throws SQLException {
        var item = row.getObject("item", UUID.class);
        return new Listing(
                new ListingId(row.getObject("id", UUID.class)),
                new AccountId(row.getObject("account", UUID.class)),
                row.getString("external_id"),
                row.getString("variant"),
                row.getString("sku"),
                row.getString("name"),
                item == null ? null : new Link(new ItemId(item), row.getInt("units"), row.getString("linked_by")),
                row.getLong("version"),
                row.getObject("seen_at", OffsetDateTime.class).toInstant());
    }
}
