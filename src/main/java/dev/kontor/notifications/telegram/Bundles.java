package dev.kontor.notifications.telegram;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.Severity;

import static java.time.ZoneOffset.UTC;

/** Which alerts each chat is told of together, and by which message. */
@Repository
class Bundles {

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    Bundles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param key by which it is known: the key of its first message
     * @param severity the worst that it was told of
     * @param newest key of its last message
     * @param shown key of the one before, while the last one waits
     */
    record Bundle(
            String key,
            UUID chat,
            String origin,
            Severity severity,
            String newest,
            @Nullable String shown) {}

    record Member(AlertId alert, Instant joinedAt) {}

    Bundle open(String key, UUID chat, String origin, Severity severity, Instant now) {
        jdbc.sql("""
                        insert into notifications.telegram_bundles (key, chat, origin, severity, newest, opened_at)
                        values (:key, :chat, :origin, :severity, :key, :now)
                        on conflict (key) do update set origin = excluded.origin, severity = excluded.severity,
                          newest = excluded.newest, shown = null, opened_at = excluded.opened_at""")
                .param("key", key)
                .param("chat", chat)
                .param("origin", origin)
                .param("severity", severity.name())
                .param("now", now.atOffset(UTC))
                .update();
        return new Bundle(key, chat, origin, severity, key, null);
    }

    void join(AlertId alert, Bundle bundle, Instant now) {
        jdbc.sql("""
                        insert into notifications.telegram_cards (alert, chat, key, joined_at) values (?, ?, ?, ?)
                        on conflict (alert, chat) do update set key = excluded.key, joined_at = excluded.joined_at""")
                .params(alert.value(), bundle.chat(), bundle.key(), now.atOffset(UTC))
                .update();
    }

    Bundle say(Bundle bundle, String newest, @Nullable String shown, Severity severity) {
        jdbc.sql("""
                        update notifications.telegram_bundles set newest = :newest, shown = :shown, severity = :severity
                        where key = :key""")
                .param("newest", newest)
                .param("shown", shown)
                .param("severity", severity.name())
                .param("key", bundle.key())
                .update();
        return new Bundle(bundle.key(), bundle.chat(), bundle.origin(), severity, newest, shown);
    }

    Optional<Bundle> find(String key) {
        return jdbc.sql("select * from notifications.telegram_bundles where key = ?")
                .param(key)
                .query(Bundles::bundle)
                .optional();
    }

    Optional<Bundle> of(AlertId alert, UUID chat) {
        return of(alert).stream().filter(bundle -> bundle.chat().equals(chat)).findFirst();
    }

    List<Bundle> of(AlertId alert) {
        return jdbc.sql("""
                        select b.* from notifications.telegram_cards c join notifications.telegram_bundles b on b.key = c.key
                        where c.alert = ? order by b.chat""").param(alert.value()).query(Bundles::bundle).list();
    }

    Optional<Bundle> last(UUID chat, String origin) {
        return jdbc.sql("""
                        select * from notifications.telegram_bundles where chat = ? and origin = ?
                        order by opened_at desc limit 1""").params(chat, origin).query(Bundles::bundle).optional();
    }

    /** In the order in which they came. */
    List<Member> members(Bundle bundle) {
        return jdbc.sql("""
                        select alert, joined_at from notifications.telegram_cards where key = ? order by joined_at, alert""")
                .param(bundle.key())
                .query((row, _) -> {
                    var at = row.getObject("joined_at", OffsetDateTime.class);
                    return new Member(
                            new AlertId(row.getObject("alert", UUID.class)),
                            at == null ? Instant.EPOCH : at.toInstant());
                })
                .list();
    }

    /** Of those that are there, or were since then, what no message has called this chat for. */
    List<AlertId> untold(UUID chat, Instant since) {
        return jdbc.sql("""
                        select a.id from notifications.alerts a where (a.state <> 'RESOLVED' or a.resolved_at > :since)
                          and not exists (select from notifications.telegram_cards c
                            join notifications.telegram_bundles b on b.key = c.key
                            join notifications.telegram_outbox o on o.key in (b.key, b.newest, b.shown)
                            where c.alert = a.id and c.chat = :chat and o.state = 'SENT'
                              and (c.joined_at is null or coalesce(o.claimed_at, o.created_at) >= c.joined_at))
                        order by a.id""")
                .param("since", since.atOffset(UTC))
                .param("chat", chat)
                .query((row, _) -> new AlertId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Those that tell of nothing any more. */
    void forget() {
        jdbc.sql("""
                        delete from notifications.telegram_bundles b where opened_at < ?
                          and not exists (select from notifications.telegram_cards c where c.key = b.key)""").param(clock.instant().minus(KEPT).atOffset(UTC)).update();
    }

    private static Bundle bundle(ResultSet row, int number) throws SQLException {
        return new Bundle(
                row.getString("key"),
                row.getObject("chat", UUID.class),
                row.getString("origin"),
                Severity.valueOf(row.getString("severity")),
                row.getString("newest"),
                row.getString("shown"));
    }
}
