package dev.kontor.orders.quarantine;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.node.StringNode;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.Source;
import dev.kontor.privacy.Vault;

import static java.time.ZoneOffset.UTC;

/**
 * Takes in records that could not be read. Their text may be personal, so it goes to the vault: to the buyer it tells of,
 * who is erased with it, or, where nobody can say who that is, to a buyer of its own.
 */
@Component
public class Quarantine {

    /** What they bring may have been bought a moment ago. */
    private static final Set<Source> TELL_OF_SALES = EnumSet.of(Source.FEED, Source.HOOK);

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    Quarantine(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    /** The same record again is only counted; one that was read in between is a new one. Joins the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(AccountId account, List<UnreadableRecord> records, Source source) {
        records.forEach(unreadable -> take(account, unreadable, source));
    }

    private void take(AccountId account, UnreadableRecord unreadable, Source source) {
        var entry = jdbc.sql("""
                        insert into orders.quarantine (id, account, kind, external_id, fingerprint, reason, source,
                          first_seen_at, last_tried_at, tries, sales_known_until)
                        select :id, :account, :kind, :externalId, :fingerprint, :reason, :source, :now, :now, 1,
                          (select least(watermark_at, :now) from orders.feeds where account = :account and :live)
                        on conflict (account, kind, fingerprint) do update
                          set tries = quarantine.tries + 1, last_tried_at = excluded.last_tried_at,
                            reason = excluded.reason, resolved_at = null,
                            sales_known_until = least(excluded.sales_known_until,
                              case when quarantine.resolved_at is null then quarantine.sales_known_until end),
                            acknowledged_by = case when quarantine.resolved_at is null then quarantine.acknowledged_by end,
                            acknowledged_at = case when quarantine.resolved_at is null then quarantine.acknowledged_at end,
                            note = case when quarantine.resolved_at is null then quarantine.note end
                        returning id, first_seen_at""")
                .param("id", UUID.randomUUID())
                .param("account", account.value())
                .param("kind", unreadable.kind())
                .param("externalId", unreadable.externalId())
                .param("fingerprint", fingerprint(unreadable))
                .param("reason", unreadable.reason())
                .param("source", source.name())
                .param("live", TELL_OF_SALES.contains(source))
                .param("now", clock.instant().atOffset(UTC))
                .query((row, number) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getObject("first_seen_at", OffsetDateTime.class).toInstant()))
                .single();
        vault.deposit(List.of(new Vault.Deposit(
                account.value(),
                entry.id(),
                1,
                unreadable.buyer(),
                entry.firstSeenAt(), // later tries keep nobody's data any longer
                Map.of("", StringNode.valueOf(unreadable.raw())),
                List.of(),
                archived(account, unreadable.externalId()))));
    }

    private record Entry(UUID id, Instant firstSeenAt) {}

    /** An order that could be read before: its buyer is known, or erased. */
    private @Nullable UUID archived(AccountId account, @Nullable String externalId) {
        if (externalId == null) {
            return null;
        }
        return jdbc.sql("select id from orders.orders where account = ? and external_id = ?")
                .params(account.value(), externalId)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional()
                .orElse(null);
    }

    /** Orders that were read since need no more attention, and their text no more keeping. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void resolve(AccountId account, List<String> externalIds) {
        if (externalIds.isEmpty()) {
            return;
        }
        vault.withdraw(jdbc.sql("""
                        update orders.quarantine set resolved_at = :now
                        where account = :account and resolved_at is null and external_id = any(:ids)
                        returning id""")
                .param("now", clock.instant().atOffset(UTC))
                .param("account", account.value())
                .param("ids", externalIds.toArray(String[]::new))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list());
    }

    /** The same for records without an id that were last seen on one of these days (UTC). */
    @Transactional(propagation = Propagation.MANDATORY)
    public void resolveNameless(AccountId account, Set<LocalDate> days) {
        vault.withdraw(jdbc.sql("""
                        update orders.quarantine set resolved_at = :now
                        where account = :account and resolved_at is null and external_id is null
                          and (last_tried_at at time zone 'UTC')::date = any(:days::date[])
                        returning id""")
                .param("now", clock.instant().atOffset(UTC))
                .param("account", account.value())
                .param("days", days.stream().map(LocalDate::toString).toArray(String[]::new))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list());
    }

    /** Orders to be tried again: after five minutes, then ever more seldom, at last once a week. */
    public List<String> due(AccountId account, Instant now, int limit) {
        return jdbc.sql("""
                        select external_id from orders.quarantine
                        where account = ? and resolved_at is null and external_id is not null
                          and last_tried_at <= ?::timestamptz - least(tries * tries, 2016) * interval '5 minutes'
                        order by last_tried_at limit ?""")
                .params(account.value(), now.atOffset(UTC), limit)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** One entry a record: an order by its id, anything without an id by its text, which nobody is to guess. */
    private byte[] fingerprint(UnreadableRecord unreadable) {
        var identity = unreadable.externalId() == null ? unreadable.raw() : unreadable.externalId();
        return vault.fingerprint(Map.of("", StringNode.valueOf(identity)));
    }
}
