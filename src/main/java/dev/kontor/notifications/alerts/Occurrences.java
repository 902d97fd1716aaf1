package dev.kontor.notifications.alerts;

import java.time.Instant;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/** Keeps what was told of a cause, so that each thing counts once, and ends once, in whatever order it is told. */
@Repository
class Occurrences {

    private final JdbcClient jdbc;

    Occurrences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false where it is known already, or known to have ended */
    boolean note(String cause, String occurrence, Instant at) {
        return jdbc.sql("""
                                insert into notifications.occurrences (cause, occurrence, at) values (?, ?, ?)
                                on conflict do nothing""").params(cause, occurrence, at.atOffset(UTC)).update() > 0;
    }

    /** How often the cause showed since then. */
    long occurred(String cause, Instant since) {
        return jdbc.sql("select count(*) from notifications.occurrences where cause = ? and at > ?")
                .params(cause, since.atOffset(UTC))
                .query(Long.class)
                .single();
    }

    /** @return whether nothing else keeps the cause alive */
    boolean end(String cause, String occurrence, Instant at) {
        jdbc.sql("""
                        insert into notifications.occurrences (cause, occurrence, at, ended_at) values (:cause, :occurrence, :at, :at)
                        on conflict (cause, occurrence) do update set ended_at = coalesce(occurrences.ended_at, excluded.ended_at)""")
                .param("cause", cause)
                .param("occurrence", occurrence)
                .param("at", at.atOffset(UTC))
                .update();
        return jdbc.sql(
                        "select not exists (select from notifications.occurrences where cause = ? and ended_at is null)")
                .param(cause)
                .query(Boolean.class)
                .single();
    }

    /**
     * Those of causes that are at rest.
     *
     * @return how many are gone
     */
    int forget(Instant before, int limit) {
        return jdbc.sql("""
                        delete from notifications.occurrences where (cause, occurrence) in (
                          select cause, occurrence from notifications.occurrences o
                          where at < :before and (ended_at is null or ended_at < :before)
                            and not exists (select from notifications.alerts a
                              where a.cause = o.cause and a.state <> 'RESOLVED')
                          order by at limit :limit)""")
                .param("before", before.atOffset(UTC))
                .param("limit", limit)
                .update();
    }
}
