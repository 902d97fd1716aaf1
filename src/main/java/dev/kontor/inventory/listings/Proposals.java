package dev.kontor.inventory.listings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Proposal.State;

import static java.time.ZoneOffset.UTC;

@Repository
public class Proposals {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JdbcClient jdbc;

    Proposals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a page ended. */
    public record Position(UUID id) {

        public static Position of(Proposal proposal) {
            return new Position(proposal.id());
        }
    }

    /** Where the same was proposed before it stays as it is, but for one that was open and has become certain. */
    void add(ListingId listing, ItemId item, String evidence, State state, @Nullable String by, Instant now) {
        jdbc.sql("""
                        insert into inventory.listing_proposals (id, listing, item, evidence, state, decided_by, proposed_at,
                          decided_at)
                        values (:id, :listing, :item, :evidence, :state, :by, :now, :decided)
                        on conflict (listing, item) do update set evidence = excluded.evidence, state = excluded.state,
                          decided_by = excluded.decided_by, decided_at = excluded.decided_at
                        where listing_proposals.decided_by is null and excluded.decided_by is not null""")
                .param("id", ids.generate())
                .param("listing", listing.value())
                .param("item", item.value())
                .param("evidence", evidence)
                .param("state", state.name())
                .param("by", by)
                .param("now", now.atOffset(UTC))
                .param("decided", by == null ? null : now.atOffset(UTC))
                .update();
    }

    public void decide(UUID id, State state, @Nullable String by, Instant now) {
        jdbc.sql(
                        "update inventory.listing_proposals set state = :state, decided_by = :by, decided_at = :at where id = :id")
                .param("id", id)
                .param("state", state.name())
                .param("by", by)
                .param("at", by == null ? null : now.atOffset(UTC))
                .update();
    }

    /**
     * The marketplace calls a linked listing otherwise than it did, which changes no link.
     *
     * @param named the item that it is called like now, or null where there is none
     */
    void renamed(Listing listing, Link link, String evidence, @Nullable ItemId named, Instant now) {
        add(listing.id(), link.item(), "linked by " + link.by(), State.ACCEPTED, link.by(), now);
        jdbc.sql("update inventory.listing_proposals set evidence = evidence || ? where listing = ? and item = ?")
                .params("; " + evidence, listing.id().value(), link.item().value())
                .update();
        if (named != null && !named.equals(link.item())) {
            add(listing.id(), named, evidence + ", which is the item's", State.OPEN, null, now);
        }
    }

    /** Those of which somebody, or Kontor, has decided something. */
    Set<ListingId> decided(Collection<ListingId> listings) {
        return having("decided_by is not null", listings);
    }

    private Set<ListingId> having(String condition, Collection<ListingId> listings) {
        return new HashSet<>(
                jdbc.sql("select distinct listing from inventory.listing_proposals where listing = any(?) and "
                                + condition)
                        .param(listings.stream().map(ListingId::value).toArray(UUID[]::new))
                        .query((row, number) -> new ListingId(row.getObject(1, UUID.class)))
                        .list());
    }

    /** Those of which something is proposed that nobody has decided. */
    public Set<ListingId> open(Collection<ListingId> listings) {
        return having("state = 'OPEN'", listings);
    }

    /** Those of which something was ever proposed. */
    public Set<ListingId> any(Collection<ListingId> listings) {
        return having("true", listings);
    }

    public List<Proposal> of(ListingId listing) {
        return jdbc.sql("select * from inventory.listing_proposals where listing = ? order by id")
                .param(listing.value())
                .query(Proposals::proposal)
                .list();
    }

    public Optional<Proposal> find(UUID id) {
        return jdbc.sql("select * from inventory.listing_proposals where id = ?")
                .param(id)
                .query(Proposals::proposal)
                .optional();
    }

    /** The oldest first. */
    public List<Proposal> list(State state, @Nullable Position after, int limit) {
        return jdbc.sql("""
                        select * from inventory.listing_proposals where state = ? and id > ? order by id limit ?""")
                .params(state.name(), after == null ? new UUID(0, 0) : after.id(), limit)
                .query(Proposals::proposal)
                .list();
    }

    private static Proposal proposal(ResultSet row, int number) throws SQLException {
        var decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        return new Proposal(
                row.getObject("id", UUID.class),
                new ListingId(row.getObject("listing", UUID.class)),
                new ItemId(row.getObject("item", UUID.class)),
                row.getString("evidence"),
                State.valueOf(row.getString("state")),
                row.getString("decided_by"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                decidedAt == null ? null : decidedAt.toInstant());
    }
}
