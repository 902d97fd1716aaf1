package dev.kontor.accounts.credentials;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.SqlTime;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Credentials;

/** The encrypted credentials as rows. Every new pair gets a version that never was and never will be again. */
@Repository
class CredentialStore {

    /** A row as it is stored. */
    record Sealed(
            byte[] encrypted,
            long version,
            Authorization.Kind kind,
            @Nullable Instant renewAt,
            @Nullable Instant presentedAt) {}

    private final JdbcClient jdbc;
    private final CredentialSeal seal;
    private final RenewalProperties properties;
    private final CredentialEnd ends;

    CredentialStore(JdbcClient jdbc, CredentialSeal seal, RenewalProperties properties, CredentialEnd ends) {
        this.jdbc = jdbc;
        this.seal = seal;
        this.properties = properties;
        this.ends = ends;
    }

    Optional<Sealed> find(AccountId account) {
        return jdbc.sql("""
                        select encrypted, version, kind, renew_at, presented_at from accounts.credentials
                        where account_id = :account""")
                .param("account", account.value())
                .query(CredentialStore::sealed)
                .optional();
    }

    StoredCredentials open(AccountId account, Sealed row) {
        var credentials = seal.open(account, row.encrypted());
        return new StoredCredentials(account, row.version(), row.kind(), credentials, row.renewAt(), row.presentedAt());
    }

    /** What the seller permitted or entered just now. */
    void enter(AccountId account, Authorization.Kind kind, Credentials credentials, Instant at) {
        put(account, kind, credentials, at, at);
    }

    /** What Kontor got by itself in exchange for what it had. */
    void renew(AccountId account, Authorization.Kind kind, Credentials credentials, Instant at) {
        var enteredAt = jdbc.sql("select entered_at from accounts.credentials where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> SqlTime.required(row, "entered_at"))
                .optional();
        put(account, kind, credentials, at, enteredAt.orElse(at));
    }

    private void put(
            AccountId account, Authorization.Kind kind, Credentials credentials, Instant at, Instant enteredAt) {
        jdbc.sql("""
                        insert into accounts.credentials (account_id, kind, encrypted, expires_at, renewed_at, renew_at,
                          entered_at, rotate_by, version)
                        values (:account, :kind, :encrypted, :expires, :now, :due, :entered, :rotate,
                          nextval('accounts.credential_versions'))
                        on conflict (account_id) do update set kind = excluded.kind, encrypted = excluded.encrypted,
                          expires_at = excluded.expires_at, renewed_at = excluded.renewed_at,
                          renew_at = excluded.renew_at, presented_at = null, entered_at = excluded.entered_at,
                          rotate_by = excluded.rotate_by, version = excluded.version""")
                .param("account", account.value())
                .param("kind", kind.name())
                .param("encrypted", seal.seal(account, credentials))
                .param("expires", SqlTime.of(credentials.expiresAt()))
                .param("now", SqlTime.of(at))
                .param("due", SqlTime.of(properties.dueAt(at, credentials.expiresAt())))
                .param("entered", SqlTime.of(enteredAt))
                .param("rotate", SqlTime.of(ends.of(account, kind, credentials, enteredAt, at)))
                .update();
    }

    boolean isCurrent(AccountId account, long version) {
        return find(account).filter(row -> row.version() == version).isPresent();
    }

    /** Notes that the credentials are about to be presented, unless that was noted before. */
    void present(StoredCredentials credentials, Instant at) {
        jdbc.sql("""
                        update accounts.credentials set presented_at = coalesce(presented_at, :at)
                        where account_id = :account and version = :version""")
                .param("at", SqlTime.of(at))
                .param("account", credentials.account().value())
                .param("version", credentials.version())
                .update();
    }

    void postpone(StoredCredentials credentials, Instant renewAt) {
        jdbc.sql("""
                        update accounts.credentials set renew_at = :due
                        where account_id = :account and version = :version""")
                .param("due", SqlTime.of(renewAt))
                .param("account", credentials.account().value())
                .param("version", credentials.version())
                .update();
    }

    void destroy(AccountId account) {
        jdbc.sql("delete from accounts.credentials where account_id = :account")
                .param("account", account.value())
                .update();
    }

    private static Sealed sealed(ResultSet row, int number) throws SQLException {
        return new Sealed(
                row.getBytes("encrypted"),
                row.getLong("version"),
                Authorization.Kind.valueOf(row.getString("kind")),
                SqlTime.nullable(row, "renew_at"),
                SqlTime.nullable(row, "presented_at"));
    }
}
