package dev.kontor.accounts.authorization;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.credentials.CredentialSeal;
import dev.kontor.accounts.register.SqlTime;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.privacy.Cipher;

/** The codes that wait for sellers, one an account; what is secret about them is encrypted. */
@Repository
class PendingAuthorizations {

    private final JdbcClient jdbc;
    private final Cipher cipher;
    private final CredentialSeal seal;

    PendingAuthorizations(JdbcClient jdbc, Cipher cipher, CredentialSeal seal) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.seal = seal;
    }

    Optional<PendingAuthorization> find(AccountId account) {
        return jdbc.sql("select * from accounts.authorizations where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> pending(account, row))
                .optional();
    }

    Optional<Instant> pollAt(AccountId account) {
        return jdbc.sql("select poll_at from accounts.authorizations where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> SqlTime.required(row, "poll_at"))
                .optional();
    }

    /** In place of the one that the account may have had. */
    void replace(PendingAuthorization begun) {
        remove(begun.account());
        jdbc.sql("""
                        insert into accounts.authorizations (account_id, id, encrypted_code, user_code, link,
                          started_at, expires_at, interval_seconds, poll_at)
                        values (:account, :id, :code, :user, :link, :started, :expires, :interval, :poll)""")
                .param("account", begun.account().value())
                .param("id", begun.id())
                .param(
                        "code",
                        cipher.encrypt(
                                begun.code().secret().getBytes(StandardCharsets.UTF_8), context(begun.account())))
                .param("user", begun.code().userCode())
                .param("link", begun.link().toString())
                .param("started", SqlTime.of(begun.startedAt()))
                .param("expires", SqlTime.of(begun.code().expiresAt()))
                .param("interval", begun.code().interval().toSeconds())
                .param("poll", SqlTime.of(begun.pollAt()))
                .update();
    }

    /** False when it was replaced or removed meanwhile. */
    boolean save(PendingAuthorization pending) {
        var granted = pending.granted();
        return jdbc.sql("""
                        update accounts.authorizations
                        set encrypted_grant = :granted, interval_seconds = :interval, poll_at = :poll
                        where account_id = :account and id = :id""")
                        .param("granted", granted == null ? null : seal.seal(pending.account(), granted))
                        .param("interval", pending.code().interval().toSeconds())
                        .param("poll", SqlTime.of(pending.pollAt()))
                        .param("account", pending.account().value())
                        .param("id", pending.id())
                        .update()
                == 1;
    }

    /** False when it was replaced or removed before. */
    boolean remove(PendingAuthorization pending) {
        return jdbc.sql("delete from accounts.authorizations where account_id = :account and id = :id")
                        .param("account", pending.account().value())
                        .param("id", pending.id())
                        .update()
                == 1;
    }

    void remove(AccountId account) {
        jdbc.sql("delete from accounts.authorizations where account_id = :account")
                .param("account", account.value())
                .update();
    }

    private PendingAuthorization pending(AccountId account, ResultSet row) throws SQLException {
        var secret = cipher.decrypt(row.getBytes("encrypted_code"), context(account));
        var granted = row.getBytes("encrypted_grant");
        return new PendingAuthorization(
                account,
                row.getObject("id", UUID.class),
                new DeviceCode(
                        new String(secret, StandardCharsets.UTF_8),
                        row.getString("user_code"),
                        URI.create(row.getString("link")),
                        SqlTime.required(row, "expires_at"),
                        Duration.ofSeconds(row.getInt("interval_seconds"))),
                granted == null ? null : seal.open(account, granted),
                SqlTime.required(row, "started_at"),
                SqlTime.required(row, "poll_at"));
    }

    static String context(Object account) {
        return account + "/code";
    }
}
