package dev.kontor.inventory.publication;

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

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Step;
import dev.kontor.marketplaces.StockWriter.Kind;

import static java.time.ZoneOffset.UTC;

/** Tells what was sent, why, and what came of it. */
@Repository
public class Writes {

    private static final TypeReference<List<Step>> STEPS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Writes(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param quantity of a relative write the difference, of another what is shown after it
     * @param desired what the listing was to show in the end
     * @param steps add up to that
     * @param endedAt when nothing more was to be expected of it
     */
    public record Write(
            long number,
            UUID command,
            Kind kind,
            long quantity,
            @Nullable Long desired,
            List<Step> steps,
            State state,
            @Nullable String reason,
            Instant sentAt,
            @Nullable Instant acceptedAt,
            @Nullable Instant appliedAt,
            @Nullable Instant verifiedAt,
            @Nullable Instant endedAt) {}

    /** What a listing is to show now, and what it may still sell. */
    public record Wanted(
            @Nullable Long desired,
            @Nullable Instant desiredAt,
            List<Step> steps,
            boolean guarded,
            long exposure,
            long excess) {}

    /** Where a page ended. */
    public record Place(long number) {

        public static Place of(Write write) {
            return new Place(write.number());
        }
    }

    /** The newest first. */
    public List<Write> list(ListingId listing, @Nullable Place after, int limit) {
        return jdbc.sql("""
                        select * from inventory.writes where listing = :listing
                          and (:after::bigint is null or id < :after::bigint)
                        order by id desc limit :limit""")
                .param("listing", listing.value())
                .param("after", after == null ? null : after.number())
                .param("limit", limit)
                .query(this::write)
                .list();
    }

    /** The last one that had been sent by then. */
    public Optional<Write> lastAt(ListingId listing, Instant at) {
        return jdbc.sql("select * from inventory.writes where listing = ? and sent_at <= ? order by id desc limit 1")
                .params(listing.value(), at.atOffset(UTC))
                .query(this::write)
                .optional();
    }

    public Optional<Wanted> wanted(ListingId listing) {
        return jdbc.sql("select * from inventory.publications where listing = ?")
                .param(listing.value())
                .query((row, number) -> new Wanted(
                        row.getObject("desired", Long.class),
                        instant(row, "desired_at"),
                        steps(row),
                        row.getBoolean("guarded"),
                        row.getLong("exposure"),
                        row.getLong("excess")))
                .optional();
    }

    private Write write(ResultSet row, int number) throws SQLException {
        return new Write(
                row.getLong("id"),
                row.getObject("command", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getLong("quantity"),
                row.getObject("desired", Long.class),
                steps(row),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                instant(row, "accepted_at"),
                instant(row, "applied_at"),
                instant(row, "verified_at"),
                instant(row, "ended_at"));
    }

    private List<Step> steps(ResultSet row) throws SQLException {
        var steps = row.getString("steps");
        return steps == null ? List.of() : json.readValue(steps, STEPS);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
