package dev.kontor.inventory.reading;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.UnreadableRecord;

import static java.time.ZoneOffset.UTC;

/** Listings that could not be understood, until they are or the list shows them no more. */
@Repository
public class UnreadableListings {

    private final JdbcClient jdbc;

    UnreadableListings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param reason names the field */
    public record UnreadableListing(String externalId, String reason, Instant since) {}

    /** The longest unreadable first. */
    public List<UnreadableListing> of(AccountId account, int limit) {
        return jdbc.sql("""
                        select external_id, reason, since from inventory.unreadable_listings where account = ?
                        order by since, external_id limit ?""")
                .params(account.value(), limit)
                .query((row, number) -> new UnreadableListing(
                        row.getString("external_id"),
                        row.getString("reason"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    public long count(AccountId account) {
        return jdbc.sql("select count(*) from inventory.unreadable_listings where account = ?")
                .param(account.value())
                .query(Long.class)
                .single();
    }

    void save(AccountId account, Collection<UnreadableRecord> records, long round, Instant now) {
        for (var record : records) {
            jdbc.sql("""
                            insert into inventory.unreadable_listings (account, external_id, reason, raw, round, since)
                            values (:account, :id, :reason, :raw, :round, :now)
                            on conflict (account, external_id) do update set reason = excluded.reason, raw = excluded.raw,
                              round = excluded.round""")
                    .param("account", account.value())
                    .param("id", id(record))
                    .param("reason", record.reason())
                    .param("raw", record.raw())
                    .param("round", round)
                    .param("now", now.atOffset(UTC))
                    .update();
        }
    }

    /** One that does not even tell its id is known by what it says. */
    private static String id(UnreadableRecord record) {
        var id = record.externalId();
        return id == null ? "? " + UUID.nameUUIDFromBytes(record.raw().getBytes(StandardCharsets.UTF_8)) : id;
    }

    void readWell(AccountId account, Collection<String> externalIds) {
        jdbc.sql("delete from inventory.unreadable_listings where account = ? and external_id = any(?)")
                .params(account.value(), externalIds.toArray(String[]::new))
                .update();
    }

    /** The whole list was read, and these were no longer in it. */
    void forgetBefore(AccountId account, long round) {
        jdbc.sql("delete from inventory.unreadable_listings where account = ? and round < ?")
                .params(account.value(), round)
                .update();
    }
}
