package dev.kontor.inventory.publication;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Step;

import static java.time.ZoneOffset.UTC;

/** Tells what listings were to show at any moment, and why. */
@Repository
public class Decisions {

    private static final TypeReference<List<Step>> STEPS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Decisions(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param desired null where it was nobody's business
     * @param steps added up to it when it was decided
     * @param at since when
     * @param withheld how many fewer it was left with on purpose; true as long as that is the difference
     * @param withheldAt since when
     */
    public record Decision(
            @Nullable Long desired,
            List<Step> steps,
            Instant at,
            @Nullable Long withheld,
            @Nullable Instant withheldAt) {}

    /** The one that held then. */
    public Optional<Decision> of(ListingId listing, Instant moment) {
        return jdbc.sql("select * from inventory.decisions where listing = ? and at <= ? order by id desc limit 1")
                .params(listing.value(), moment.atOffset(UTC))
                .query((row, number) -> {
                    var steps = row.getString("steps");
                    return new Decision(
                            row.getObject("desired", Long.class),
                            steps == null ? List.of() : json.readValue(steps, STEPS),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getObject("withheld", Long.class),
                            instant(row.getObject("withheld_at", OffsetDateTime.class)));
                })
                .optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
