package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.AccountJob;
import dev.kontor.accounts.register.SqlTime;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Credentials;

/** Takes an account's credentials into keeping and destroys them; every call joins a transaction with the account's lock. */
@Component
public class Safekeeping {

    /**
     * @param expiresAt null where they do not age
     * @param enteredAt when the seller permitted or entered them
     * @param rotateBy when he has to do so again; null where the marketplace knows no end of it
     */
    public record Times(
            @Nullable Instant expiresAt,
            Instant renewedAt,
            @Nullable Instant renewAt,
            Instant enteredAt,
            @Nullable Instant rotateBy) {}

    private final CredentialStore store;
    private final AccountJob jobs;
    private final JdbcClient jdbc;
    private final Clock clock;

    Safekeeping(CredentialStore store, AccountJob jobs, JdbcClient jdbc, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Replaces what there was, and plans the renewal. */
    public void keep(AccountId account, Authorization.Kind kind, Credentials credentials) {
        store.enter(account, kind, credentials, clock.instant());
        store.find(account)
                .flatMap(row -> Optional.ofNullable(row.renewAt()))
                .ifPresent(due -> jobs.plan(RenewalSchedule.NAME, account, due));
    }

    public void destroy(AccountId account) {
        store.destroy(account);
    }

    public Map<AccountId, Times> times(Collection<AccountId> accounts) {
        return jdbc
                .sql("""
                        select account_id, expires_at, renewed_at, renew_at, entered_at, rotate_by from accounts.credentials
                        where account_id = any(:accounts)""")
                .param("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                .query((row, number) -> Map.entry(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        new Times(
                                SqlTime.nullable(row, "expires_at"),
                                SqlTime.required(row, "renewed_at"),
                                SqlTime.nullable(row, "renew_at"),
                                SqlTime.required(row, "entered_at"),
                                SqlTime.nullable(row, "rotate_by"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
