package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.ApiKeyExpiryAnnounced;
import dev.kontor.access.ApiKeyExpirySettled;

import static java.time.ZoneOffset.UTC;

/**
 * Tells of keys that expire before long. Each reminder is a row before it is told of, so that of several instances one
 * tells. What was missed is made up for by the most urgent one alone; and nobody is reminded of what was known when the
 * expiry was chosen, as of a week that a key was to live from the beginning.
 */
@Service
class ExpiryReminders {

    private static final Integer[] DAYS = {30, 7, 1};
    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ExpiryReminders(JdbcClient jdbc, TransactionOperations transaction, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    void remind() {
        transaction.executeWithoutResult(_ -> settle());
        boolean more = true;
        while (more) {
            more = remindSome(clock.instant());
        }
    }

    /** Of what was reminded of nobody has to be reminded any more. */
    private void settle() {
        jdbc.sql("""
                        delete from access.api_key_reminders told where not exists (select from access.api_keys key
                          where key.id = told.key_id and key.expires_at = told.expires_at)
                        returning key_id""").query((row, _) -> row.getObject("key_id", UUID.class)).list().stream()
                .distinct()
                .map(ApiKeyExpirySettled::new)
                .forEach(events::publishEvent);
    }

    private boolean remindSome(Instant now) {
        var told = transaction.execute(_ -> {
            var due = take(now);
            due.forEach(events::publishEvent);
            return due.size();
        });
        return told != null && told == AT_ONCE;
    }

    private List<ApiKeyExpiryAnnounced> take(Instant now) {
        return jdbc.sql("""
                        insert into access.api_key_reminders (key_id, expires_at, days)
                        select distinct on (key.id) key.id, key.expires_at, due.days
                        from access.api_keys key cross join unnest(:days) as due (days)
                        where key.expires_at > :now
                          and key.expires_at - due.days * interval '24 hours' <= :now
                          and key.expires_at - due.days * interval '24 hours' > key.expiry_set_at
                          and not exists (select from access.api_key_reminders told where told.key_id = key.id
                            and told.expires_at = key.expires_at and told.days <= due.days)
                        order by key.id, due.days limit :limit
                        on conflict do nothing returning *""")
                .param("days", DAYS)
                .param("now", now.atOffset(UTC))
                .param("limit", AT_ONCE)
                .query((row, _) -> new ApiKeyExpiryAnnounced(
                        row.getObject("key_id", UUID.class),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getInt("days")))
                .list();
    }
}
