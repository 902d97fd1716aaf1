package dev.kontor.inventory.listings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
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

    /** Nothing where the same was proposed before. */
    void add(ListingId listing, ItemId item, String evidence, State state, @Nullable String by, Instant now) {
        jdbc.sql("""
                        insert into inventory.listing_proposals (id, listing, item, evidence, state, decided_by, proposed_at,
                          decided_at)
                        values (:id, :listing, :item, :evidence, :state, :by, :now, :decided) on conflict do nothing""")
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
