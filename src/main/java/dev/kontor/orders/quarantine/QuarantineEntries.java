package dev.kontor.orders.quarantine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

import static java.time.ZoneOffset.UTC;

/** What is in quarantine, for people. */
@Repository
public class QuarantineEntries {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final AuditLog audit;

    QuarantineEntries(JdbcClient jdbc, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param externalId the marketplace's id of the order, where at least that could be read
     * @param salesKnownUntil no later sale of the account counts as known because of it; null where it holds nothing back
     * @param note what whoever acknowledged it makes of it
     */
    public record Entry(
            UUID id,
            AccountId account,
            String kind,
            @Nullable String externalId,
            String reason,
            String source,
            int tries,
            Instant firstSeenAt,
            Instant lastTriedAt,
            @Nullable Instant resolvedAt,
            @Nullable Instant salesKnownUntil,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable String note) {

        /** What is told to the buyer: nothing of what the seller's people make of it. */
        Entry withoutAcknowledgement() {
            return new Entry(
                    id,
                    account,
                    kind,
                    externalId,
                    reason,
                    source,
                    tries,
                    firstSeenAt,
                    lastTriedAt,
                    resolvedAt,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /** By id, which is arbitrary and stable. */
    public List<Entry> list(@Nullable AccountId account, boolean resolved, UUID after, int limit) {
        return jdbc.sql("""
                        select * from orders.quarantine
                        where id > :after and (:account::uuid is null or account = :account)
                          and (resolved_at is not null) = :resolved
                        order by id limit :limit""")
                .param("after", after)
                .param("account", account == null ? null : account.value())
                .param("resolved", resolved)
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** How many came in since then and are not settled. */
    public long openSince(AccountId account, Instant since) {
        return jdbc.sql("""
                        select count(*) from orders.quarantine
                        where account = ? and resolved_at is null and first_seen_at >= ?""")
                .params(account.value(), since.atOffset(UTC))
                .query(Long.class)
                .single();
    }

    public Optional<Entry> find(UUID id) {
        return jdbc.sql("select * from orders.quarantine where id = ?")
                .param(id)
                .query((row, number) -> entry(row))
                .optional();
    }

    /** The next sweep tries it again, however often it was tried in vain. */
    @Transactional
    public void retrySoon(UUID id) {
        audit.record(Act.of("quarantined-record.retried", "quarantined-record", id));
        jdbc.sql("update orders.quarantine set last_tried_at = ?, tries = 0 where id = ?")
                .params(clock.instant().minusSeconds(1).atOffset(UTC), id)
                .update();
    }

    /**
     * Stock is right without it: it holds back no longer what is known of sales, though it goes on being tried. Saying the
     * same again changes nothing.
     *
     * @param actor by id
     * @throws Conflict where it was read in the meantime, or where another note is there
     */
    @Transactional
    public Entry acknowledge(UUID id, String actor, String note) {
        var entry = jdbc.sql("select * from orders.quarantine where id = ? for no key update")
                .param(id)
                .query((row, number) -> entry(row))
                .optional()
                .orElseThrow(() -> NotFound.of("quarantined record", id));
        if (entry.acknowledgedAt() != null && actor.equals(entry.acknowledgedBy()) && note.equals(entry.note())) {
            return entry;
        }
        if (entry.resolvedAt() != null) {
            throw new Conflict("already-resolved", "The record was read in the meantime.");
        }
        if (entry.acknowledgedAt() != null) {
            throw new Conflict("already-acknowledged", "Somebody has acknowledged it already, with a note.");
        }
        jdbc.sql("update orders.quarantine set acknowledged_by = ?, acknowledged_at = ?, note = ? where id = ?")
                .params(actor, clock.instant().atOffset(UTC), note, id)
                .update();
        audit.record(Act.of("quarantined-record.acknowledged", "quarantined-record", id)
                .field("acknowledged", false, true)
                .hidden("note"));
        return find(id).orElseThrow();
    }

    static Entry entry(ResultSet row) throws SQLException {
        var resolvedAt = instant(row, "resolved_at");
        var acknowledgedAt = instant(row, "acknowledged_at");
        return new Entry(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account", UUID.class)),
                row.getString("kind"),
                row.getString("external_id"),
                row.getString("reason"),
                row.getString("source"),
                row.getInt("tries"),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_tried_at", OffsetDateTime.class).toInstant(),
                resolvedAt,
                resolvedAt == null && acknowledgedAt == null ? instant(row, "sales_known_until") : null,
                row.getString("acknowledged_by"),
                acknowledgedAt,
                row.getString("note"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
