package dev.kontor.accounts.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/** The calendar: what accounts have, and the secrets of Kontor's own applications that are in use. */
@Repository
public class Rotations {

    /** Which of several an instance has in its settings it says every day. */
    static final Duration IN_USE = Duration.ofDays(2);

    /** Behind everything that is due. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    static final String ENTRIES = """
            (select c.account_id as id, c.account_id as account, a.marketplace, c.kind as what, c.entered_at, c.rotate_by
             from accounts.credentials c join accounts.accounts a on a.id = c.account_id
             union all
             select id, null, marketplace, setting, entered_at, rotate_by from accounts.application_secrets
             where in_use_at > :inUse)""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Rotations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param account null for a secret of Kontor's own application
     * @param what the way in which access was permitted, or the setting that holds the secret
     * @param enteredAt when a person entered or confirmed it; of an application's secret, when Kontor first saw it
     * @param rotateBy null where the marketplace knows no end of it
     */
    public record Rotation(
            UUID id,
            @Nullable UUID account,
            String marketplace,
            String what,
            Instant enteredAt,
            @Nullable Instant rotateBy) {}

    /** Where a page ended. */
    public record Position(Instant rotateBy, UUID id) {
        public static final Position START = new Position(Instant.EPOCH, new UUID(0, 0));

        public static Position of(Rotation rotation) {
            return new Position(rotation.rotateBy() == null ? NEVER : rotation.rotateBy(), rotation.id());
        }
    }

    /** What is due first, first. */
    public List<Rotation> list(Position after, int limit) {
        return jdbc.sql("select * from " + ENTRIES + """
                         entries where (coalesce(rotate_by, :never), id) > (:rotateBy, :id)
                        order by coalesce(rotate_by, :never), id limit :limit""")
                .param("inUse", clock.instant().minus(IN_USE).atOffset(UTC))
                .param("never", NEVER.atOffset(UTC))
                .param("rotateBy", after.rotateBy().atOffset(UTC))
                .param("id", after.id())
                .param("limit", limit)
                .query((row, _) -> rotation(row))
                .list();
    }

    private static Rotation rotation(ResultSet row) throws SQLException {
        var rotateBy = row.getObject("rotate_by", OffsetDateTime.class);
        return new Rotation(
                row.getObject("id", UUID.class),
                row.getObject("account", UUID.class),
                row.getString("marketplace"),
                row.getString("what"),
                row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                rotateBy == null ? null : rotateBy.toInstant());
    }
}
