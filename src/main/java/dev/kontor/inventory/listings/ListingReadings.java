package dev.kontor.inventory.listings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.marketplaces.Listing;

import static java.time.ZoneOffset.UTC;

/** What marketplaces said of listings when they were asked last. What was so earlier never replaces what was so later. */
@Repository
public class ListingReadings {

    private final JdbcClient jdbc;

    ListingReadings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param told what the marketplace said of each
     * @param asked whether they were asked for by id, which tells all there is to know of them
     */
    public void save(AccountId account, Map<ListingId, Listing> told, long round, boolean asked, Instant now) {
        var listings = List.copyOf(told.entrySet());
        jdbc.sql("""
                        insert into inventory.listing_readings as r (listing, account, round, fulfilment, status,
                          marketplace_status, quantity, quantity_as_of, revision, document_hash, as_of, read_at)
                        select listing, :account, :round, fulfilment, status, marketplace_status, quantity,
                          case when quantity is not null then as_of end, revision, hash, as_of, :now
                        from unnest(:ids::uuid[], :fulfilments::text[], :statuses::text[], :words::text[], :quantities::int[],
                            :revisions::text[], :hashes::text[], :asOfs::timestamptz[])
                          as told (listing, fulfilment, status, marketplace_status, quantity, revision, hash, as_of)
                        order by listing
                        on conflict (listing) do update set fulfilment = excluded.fulfilment, status = excluded.status,
                          marketplace_status = excluded.marketplace_status,
                          quantity = coalesce(excluded.quantity, r.quantity),
                          quantity_as_of = coalesce(excluded.quantity_as_of, r.quantity_as_of),
                          revision = excluded.revision, document_hash = excluded.document_hash, as_of = excluded.as_of,
                          doubted = not :asked and (r.doubted
                            or (r.status in ('ON_SALE', 'SOLD_OUT') and excluded.status = 'OFF_SALE')),
                          gone_at = null
                        where r.as_of is null or r.as_of <= excluded.as_of""")
                .param("account", account.value())
                .param("round", round)
                .param("asked", asked)
                .param("now", now.atOffset(UTC))
                .param("ids", listings.stream().map(it -> it.getKey().value()).toArray(UUID[]::new))
                .param(
                        "fulfilments",
                        texts(listings, listing -> Fulfilment.of(listing).name()))
                .param("statuses", texts(listings, listing -> listing.status().name()))
                .param("words", texts(listings, Listing::marketplaceStatus))
                .param(
                        "quantities",
                        listings.stream().map(it -> it.getValue().quantity()).toArray(Integer[]::new))
                .param("revisions", texts(listings, Listing::revision))
                .param(
                        "hashes",
                        texts(listings, listing -> hash(listing.document().toString())))
                .param("asOfs", texts(listings, listing -> listing.asOf().toString()))
                .update();
        heard(account, told.keySet(), round, asked, now);
    }

    /** The marketplace told of them, or was asked for them, whatever came of it. */
    public void heard(AccountId account, Collection<ListingId> listings, long round, boolean asked, Instant now) {
        jdbc.sql("""
                        insert into inventory.listing_readings as r (listing, account, round, read_at, asked_at)
                        select listing, :account, :round, :now, :asked from unnest(:ids::uuid[]) as listing order by listing
                        on conflict (listing) do update set round = greatest(r.round, excluded.round),
                          read_at = excluded.read_at, asked_at = coalesce(excluded.asked_at, r.asked_at),
                          doubted = r.doubted and excluded.asked_at is null""")
                .param("account", account.value())
                .param("round", round)
                .param("now", now.atOffset(UTC))
                .param("asked", asked ? now.atOffset(UTC) : null)
                .param("ids", listings.stream().map(ListingId::value).toArray(UUID[]::new))
                .update();
    }

    /**
     * The marketplace says that it has no such listing.
     *
     * @param asOf when it was asked
     */
    public void gone(AccountId account, ListingId listing, long round, Instant asOf, Instant now) {
        jdbc.sql("""
                        insert into inventory.listing_readings as r (listing, account, round, fulfilment, status,
                          marketplace_status, as_of, read_at, asked_at, gone_at)
                        values (:listing, :account, :round, 'SELLER', 'UNKNOWN', '', :asOf, :now, :now, :now)
                        on conflict (listing) do update set round = greatest(r.round, excluded.round),
                          fulfilment = coalesce(r.fulfilment, excluded.fulfilment),
                          status = coalesce(r.status, excluded.status), marketplace_status = coalesce(r.marketplace_status, excluded.marketplace_status),
                          as_of = excluded.as_of, read_at = excluded.read_at, asked_at = excluded.asked_at,
                          gone_at = coalesce(r.gone_at, excluded.gone_at)
                        where r.as_of is null or r.as_of <= excluded.as_of""")
                .param("listing", listing.value())
                .param("account", account.value())
                .param("round", round)
                .param("asOf", asOf.atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** Of which the round has not told, and which are not known to be gone. */
    public List<Unheard> unheard(AccountId account, long round, int limit) {
        return jdbc.sql("""
                        select l.id, l.external_id from inventory.listings l
                        left join inventory.listing_readings r on r.listing = l.id
                        where l.account = ? and (r.listing is null or (r.round < ? and r.gone_at is null))
                        order by l.id limit ?""")
                .params(account.value(), round, limit)
                .query(Unheard::of)
                .list();
    }

    /**
     * That have no item of their SKU and may have one of their EAN, which a list does not always tell; and that were taken
     * off sale, which a list tells without the reason.
     */
    public List<Unheard> unasked(AccountId account, int limit) {
        return jdbc.sql("""
                        select l.id, l.external_id from inventory.listings l
                        join inventory.listing_readings r on r.listing = l.id
                        where l.account = ? and r.gone_at is null and (r.doubted
                          or (l.item is null and l.ean is null and r.asked_at is null
                            and not exists (select from inventory.items i where i.sku = trim(l.sku))))
                        order by l.id limit ?""").params(account.value(), limit).query(Unheard::of).list();
    }

    /** A listing that is to be asked for by its id. */
    public record Unheard(ListingId listing, String externalId) {

        private static Unheard of(ResultSet row, int number) throws SQLException {
            return new Unheard(new ListingId(row.getObject("id", UUID.class)), row.getString("external_id"));
        }
    }

    private static @Nullable String[] texts(
            List<Map.Entry<ListingId, Listing>> listings, Function<Listing, @Nullable String> text) {
        return listings.stream().map(it -> text.apply(it.getValue())).toArray(String[]::new);
    }

    static String hash(String document) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
