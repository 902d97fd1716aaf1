package dev.kontor.inventory.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/** Adds up the movements of one position after the other, and holds against them what is stored. */
class Fold {

    private final ProofRun run;
    private @Nullable String position;
    private @Nullable String stored;
    private long present;
    private long reserved;
    private long number;
    private Instant changedAt = Instant.EPOCH;

    Fold(ProofRun run) {
        this.run = run;
    }

    /** Rows come by position and number; one without a number is a position without movements. */
    void take(ResultSet row) throws SQLException {
        var next = row.getString("position");
        if (!next.equals(position)) {
            end();
            position = next;
            stored = state(
                    row.getLong("position_present"),
                    row.getLong("position_reserved"),
                    row.getLong("position_movements"),
                    instant(row, "position_changed_at"));
            present = 0;
            reserved = 0;
            number = 0;
            changedAt = Instant.EPOCH;
        }
        if (row.getObject("number") != null) {
            add(next, row);
        }
    }

    private void add(String name, ResultSet row) throws SQLException {
        present += row.getLong("present");
        reserved += row.getLong("reserved");
        number++;
        var at = instant(row, "at");
        changedAt = at.isAfter(changedAt) ? at : changedAt;
        run.movement();
        var after = state(row.getLong("present_after"), row.getLong("reserved_after"), row.getLong("number"), at);
        run.compare(name + " movement " + number, state(), after);
    }

    void end() {
        if (position != null && stored != null) {
            run.position(position, state(), stored);
        }
    }

    private String state() {
        return state(present, reserved, number, changedAt);
    }

    private static String state(long present, long reserved, long number, Instant changedAt) {
        return "present " + present + ", reserved " + reserved + ", movements " + number + ", changed " + changedAt;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
