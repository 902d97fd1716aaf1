package dev.kontor.notifications.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.notifications.wishes.WishColumns;
import dev.kontor.notifications.wishes.Wishes;

import static java.time.ZoneOffset.UTC;

/** The addresses at which people want to be told. */
@Repository
class Subscriptions {

    private static final String SELECT = "select * from notifications.mail_subscriptions ";
    private static final String UPDATE = "update notifications.mail_subscriptions set version = version + 1, ";

    private final JdbcClient jdbc;

    Subscriptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Subscription> find(UUID id) {
        return jdbc.sql(SELECT + "where id = ?")
                .param(id)
                .query(Subscriptions::subscription)
                .optional();
    }

    Optional<Subscription> lock(UUID id) {
        return jdbc.sql(SELECT + "where id = ? for update")
                .param(id)
                .query(Subscriptions::subscription)
                .optional();
    }

    Optional<Subscription> byToken(String token) {
        return jdbc.sql(SELECT + "where token = ?")
                .param(token)
                .query(Subscriptions::subscription)
                .optional();
    }

    List<Subscription> of(UUID user) {
        return jdbc.sql(SELECT + "where user_id = ? order by created_at, id")
                .param(user)
                .query(Subscriptions::subscription)
                .list();
    }

    List<Subscription> all() {
        return jdbc.sql(SELECT + "order by created_at, id")
                .query(Subscriptions::subscription)
                .list();
    }

    /** Those that may be mailed to. */
    List<Subscription> active() {
        return jdbc.sql(SELECT + "where verified_at is not null and refused_at is null order by created_at, id")
                .query(Subscriptions::subscription)
                .list();
    }

    /** In a transaction: until its end nobody else gives this person an address. */
    void lockPerson(UUID user) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("mail person " + user)
                .query(row -> {});
    }

    /** False where the person has the address already. */
    boolean add(UUID id, UUID user, MailAddress address, String token, Wishes wishes, LocalDate today, Instant now) {
        return jdbc.sql("""
                                insert into notifications.mail_subscriptions (id, user_id, address, token, language, zone, least,
                                  muted, quiet_from, quiet_to, digest_at, digest_on, created_at)
                                values (:id, :user, :address, :token, :language, :zone, :least, :muted, :quietFrom, :quietTo,
                                  :digestAt, :today, :now)
                                on conflict (user_id, address) do nothing""")
                        .params(WishColumns.parameters(wishes))
                        .param("id", id)
                        .param("user", user)
                        .param("address", address.value())
                        .param("token", token)
                        .param("today", today)
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    void save(UUID id, Wishes wishes) {
        jdbc.sql(UPDATE + WishColumns.SET + " where id = :id")
                .params(WishColumns.parameters(wishes))
                .param("id", id)
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from notifications.mail_subscriptions where id = ?")
                .param(id)
                .update();
    }

    // Whose it is

    /** From now on this code shows it, and no earlier one. */
    void code(UUID id, byte[] hash, Instant expiry) {
        jdbc.sql("""
                        update notifications.mail_subscriptions set code = ?, code_expires_at = ?, code_misses = 0
                        where id = ?""").params(hash, expiry.atOffset(UTC), id).update();
    }

    /** It has to be shown anew; what the server said before is forgotten. */
    void unverify(UUID id) {
        jdbc.sql(UPDATE + "verified_at = null, refused_at = null where id = ?")
                .param(id)
                .update();
    }

    /** Whether the code is the right one. It is worth nothing after that, or when it was guessed wrong so often. */
    boolean verify(UUID id, byte[] hash, int misses, Instant now) {
        boolean right = jdbc.sql(UPDATE + """
                                code = null, code_expires_at = null, verified_at = :now
                                where id = :id and code = :hash and code_expires_at > :now and code_misses < :misses""")
                        .param("now", now.atOffset(UTC))
                        .param("id", id)
                        .param("hash", hash)
                        .param("misses", misses)
                        .update()
                == 1;
        if (!right) {
            jdbc.sql("update notifications.mail_subscriptions set code_misses = code_misses + 1 where id = ?")
                    .param(id)
                    .update();
        }
        return right;
    }

    /** @return false where that is known */
    boolean refuse(UUID id, Instant now) {
        return jdbc.sql(UPDATE + "refused_at = ? where id = ? and refused_at is null")
                        .params(now.atOffset(UTC), id)
                        .update()
                == 1;
    }

    void noteCode(UUID user, Instant now) {
        jdbc.sql("insert into notifications.mail_codes (user_id, at) values (?, ?)")
                .params(user, now.atOffset(UTC))
                .update();
    }

    int codesSince(UUID user, Instant since) {
        return jdbc.sql("select count(*) from notifications.mail_codes where user_id = ? and at > ?")
                .params(user, since.atOffset(UTC))
                .query(Integer.class)
                .single();
    }

    void forgetCodes(Instant before) {
        jdbc.sql("delete from notifications.mail_codes where at < ?")
                .param(before.atOffset(UTC))
                .update();
    }

    // The digest

    /** @return false where another has told of that day already */
    boolean digest(UUID id, LocalDate day) {
        return jdbc.sql("""
                                update notifications.mail_subscriptions set digest_on = :day
                                where id = :id and (digest_on is null or digest_on < :day)""").param("day", day).param("id", id).update() == 1;
    }

    private static Subscription subscription(ResultSet row, int number) throws SQLException {
        return new Subscription(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("address"),
                row.getString("token"),
                WishColumns.read(row),
                instant(row, "verified_at"),
                instant(row, "refused_at"),
                Objects.requireNonNull(instant(row, "created_at")),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
