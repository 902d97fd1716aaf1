package dev.kontor.accounts.register;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;

/**
 * Lets one at a time, over all instances, do something for an account without a transaction that stays open meanwhile.
 * A lease that its holder does not give back (he died) ends by itself; the database's clock decides.
 */
@Repository
public class AccountLeases {

    private final JdbcClient jdbc;

    AccountLeases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** To be closed when the work is done, however it ended. */
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /** Empty while somebody else has it. */
    public Optional<Lease> take(AccountId account, String purpose, Duration duration) {
        var holder = UUID.randomUUID();
        var taken = jdbc.sql("""
                        insert into accounts.leases as lease (account_id, purpose, holder, ends_at)
                        values (:account, :purpose, :holder, clock_timestamp() + :millis * interval '1 millisecond')
                        on conflict (account_id, purpose) do update set holder = excluded.holder, ends_at = excluded.ends_at
                        where lease.ends_at <= clock_timestamp()""")
                .param("account", account.value())
                .param("purpose", purpose)
                .param("holder", holder)
                .param("millis", duration.toMillis())
                .update();
        return taken == 1 ? Optional.of(() -> release(account, purpose, holder)) : Optional.empty();
    }

    private void release(AccountId account, String purpose, UUID holder) {
        jdbc.sql("delete from accounts.leases where account_id = :account and purpose = :purpose and holder = :holder")
                .param("account", account.value())
                .param("purpose", purpose)
                .param("holder", holder)
                .update();
    }
}
