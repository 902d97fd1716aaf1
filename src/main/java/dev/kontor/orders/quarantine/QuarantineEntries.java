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

    /** @param externalId the marketplace's id of the order, where at least that could be read */
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
            @Nullable Instant resolvedAt) {}

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

    static Entry entry(ResultSet row) throws SQLException {
        var resolvedAt = row.getObject("resolved_at", OffsetDateTime.class);
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
                resolvedAt == null ? null : resolvedAt.toInstant());
    }
}
