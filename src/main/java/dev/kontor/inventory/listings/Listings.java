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
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listing.Reading;
import dev.kontor.inventory.listings.Listing.Stock;
import dev.kontor.marketplaces.Listing.Status;

import static java.time.ZoneOffset.UTC;

@Repository
public class Listings {

    private static final int EXPORT_PAGE = 500;

    private static final String STATE = """
            case when l.item is null or p.listing is null then 'UNLINKED'
              when p.gone then 'GONE'
              when p.command is not null then p.state
              when t.account is null then 'UNANSWERED'
              when p.desired is null then 'LEFT_ALONE'
              when p.plan is not null then 'HELD'
              when t.mode <> 'WRITING' then 'OBSERVED'
              when p.desired - p.expected = p.withheld then 'WITHHELD'
              when p.desired is distinct from p.expected then case p.state when 'REJECTED' then 'REJECTED' else 'PLANNED' end
              when p.verified = p.desired then 'VERIFIED'
              else 'APPLIED' end""";

    private static final String SELECT = """
            select l.*, r.quantity, r.quantity_as_of, r.fulfilment, r.status, r.marketplace_status, r.revision, r.as_of, r.read_at,
              r.gone_at, p.desired, p.desired_at, p.expected, p.verified, p.verified_at, p.state as write_state, p.command,
              p.sent_at, p.plan, p.reason,
              case when p.command is not null then
                case p.kind when 'RELATIVE' then greatest(0, p.expected + p.difference) else p.quantity end end as in_flight,
            """ + STATE + """
             as stock_state
            from inventory.listings l left join inventory.listing_readings r on r.listing = l.id
            left join inventory.publications p on p.listing = l.id
            left join inventory.takeovers t on t.account = l.account
            where\s""";

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
            @Nullable Boolean linked,
            @Nullable Status status,
            @Nullable Boolean gone,
            @Nullable StockState state) {

        public Filter(@Nullable AccountId account, @Nullable ItemId item, @Nullable Boolean linked) {
            this(account, item, linked, null, null, null);
        }
    }

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
                          and l.external_id = offer.external_id)
                        order by external_id on conflict do nothing""")
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .param("ids", offers.stream().map(offer -> ids.generate()).toArray(UUID[]::new))
                .param("offers", offers.stream().map(Seen::externalId).toArray(String[]::new))
                .param("variants", offers.stream().map(Seen::variant).toArray(String[]::new))
                .param("skus", offers.stream().map(Seen::sku).toArray(String[]::new))
                .param("names", offers.stream().map(Seen::name).toArray(String[]::new))
                .update();
        var known = of(account, offers.stream().map(Seen::externalId).toList());
        var found = new HashMap<Seen, Listing>();
        for (var offer : offers) {
            var listing = known.get(offer.externalId());
            if (listing != null) {
                found.put(offer, listing);
            }
        }
        return found;
    }

    /** By the marketplace's id. */
    public Map<String, Listing> of(AccountId account, Collection<String> externalIds) {
        var known = new HashMap<String, Listing>();
        where("l.account = ? and l.external_id = any(?)", account.value(), externalIds.toArray(String[]::new))
                .forEach(listing -> known.put(listing.externalId(), listing));
        return known;
    }

    public Optional<Listing> find(ListingId id) {
        return where("l.id = ?", id.value()).stream().findFirst();
    }

    public List<Listing> find(Collection<ListingId> ids) {
        return where("l.id = any(?) order by l.id", (Object)
                ids.stream().map(ListingId::value).toArray(UUID[]::new));
    }

    /** The oldest first. */
    public List<Listing> list(Filter filter, @Nullable Position after, int limit) {
        var conditions = new ArrayList<String>(List.of("true"));
        var parameters = new ArrayList<Object>();
        if (filter.account() != null) {
            conditions.add("l.account = ?");
            parameters.add(filter.account().value());
        }
        if (filter.item() != null) {
            conditions.add("l.item = ?");
            parameters.add(filter.item().value());
        }
        if (filter.linked() != null) {
            conditions.add("(l.item is not null) = ?");
            parameters.add(filter.linked());
        }
        if (filter.status() != null) {
            conditions.add("r.status = ?");
            parameters.add(filter.status().name());
        }
        if (filter.gone() != null) {
            conditions.add("(r.gone_at is not null) = ?");
            parameters.add(filter.gone());
        }
        if (filter.state() != null) {
            conditions.add(STATE + " = ?");
            parameters.add(filter.state().name());
        }
        if (after != null) {
            conditions.add("l.id > ?");
            parameters.add(after.id());
        }
        parameters.add(limit);
        return where(String.join(" and ", conditions) + " order by l.id limit ?", parameters.toArray());
    }

    /** All of them, a page at a time in memory. */
    public void forEach(Filter filter, Consumer<Listing> consumer) {
        Position after = null;
        List<Listing> page;
        do {
            page = list(filter, after, EXPORT_PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? null : Position.of(page.getLast());
        } while (page.size() == EXPORT_PAGE);
    }

    /** Of which nobody knows what they sell, and whose SKU or EAN is one of these. */
    public List<Listing> unlinked(Collection<String> numbers) {
        return where(
                "l.item is null and (lower(trim(l.sku)) = any(?) or l.ean = any(?))",
                numbers.stream()
                        .map(number -> number.strip().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new),
                numbers.toArray(String[]::new));
    }

    /** As the marketplace calls them now. An EAN that it does not tell stays as it was told before. */
    public void rename(Collection<Renamed> renamed) {
        jdbc.sql("""
                        update inventory.listings l set variant = told.variant, sku = told.sku,
                          ean = coalesce(told.ean, l.ean), name = told.name, version = version + 1
                        from unnest(:ids::uuid[], :variants::text[], :skus::text[], :eans::text[], :names::text[])
                          as told (id, variant, sku, ean, name)
                        where l.id = told.id""")
                .param("ids", renamed.stream().map(it -> it.listing().value()).toArray(UUID[]::new))
                .param("variants", renamed.stream().map(Renamed::variant).toArray(String[]::new))
                .param("skus", renamed.stream().map(Renamed::sku).toArray(String[]::new))
                .param("eans", renamed.stream().map(Renamed::ean).toArray(String[]::new))
                .param("names", renamed.stream().map(Renamed::name).toArray(String[]::new))
                .update();
    }

    /** They are sent from another shelf than before. Joins the caller's transaction. */
    public void moved(Collection<ListingId> listings) {
        if (!listings.isEmpty()) {
            contents.refresh(listings);
        }
    }

    /** What the marketplace calls a listing now. */
    public record Renamed(
            ListingId listing,
            String variant,
            @Nullable String sku,
            @Nullable String ean,
            String name) {}

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
        return jdbc.sql(SELECT + condition)
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
                row.getString("ean"),
                row.getString("name"),
                item == null ? null : new Link(new ItemId(item), row.getInt("units"), row.getString("linked_by")),
                row.getString("status") == null ? null : reading(row),
                stock(row),
                row.getLong("version"),
                row.getObject("seen_at", OffsetDateTime.class).toInstant());
    }

    private static Stock stock(ResultSet row) throws SQLException {
        return new Stock(
                StockState.valueOf(row.getString("stock_state")),
                row.getObject("desired", Long.class),
                instant(row, "desired_at"),
                row.getObject("expected", Long.class),
                row.getObject("verified", Long.class),
                instant(row, "verified_at"),
                row.getObject("in_flight", Long.class),
                row.getObject("command") == null ? null : instant(row, "sent_at"),
                row.getObject("plan", UUID.class),
                row.getString("reason"));
    }

    private static Reading reading(ResultSet row) throws SQLException {
        return new Reading(
                row.getObject("quantity", Integer.class),
                instant(row, "quantity_as_of"),
                Fulfilment.valueOf(row.getString("fulfilment")),
                Status.valueOf(row.getString("status")),
                row.getString("marketplace_status"),
                row.getString("revision"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getObject("read_at", OffsetDateTime.class).toInstant(),
                instant(row, "gone_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
