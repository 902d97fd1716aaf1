package dev.kontor.inventory.plans;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;

import static java.time.ZoneOffset.UTC;

/** Counts how many of an account's listings were lately to be set to zero, for another reason than a sale. */
@Repository
class Zeroings {

    private final JdbcClient jdbc;

    Zeroings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that went out, and those that were held with the open plan. */
    Set<ListingId> since(AccountId account, Instant since) {
        return new HashSet<>(jdbc.sql("""
                        select listing from inventory.zeroings where account = :account and at > :since
                        union
                        select w.listing from inventory.plans p join inventory.plan_listings w on w.plan = p.id
                        where p.state = 'OPEN' and p.cause = 'ZEROES' and p.subject = :account::text and w.at > :since
                          and w.held""")
                .param("account", account.value())
                .param("since", since.atOffset(UTC))
                .query((row, number) -> new ListingId(row.getObject("listing", UUID.class)))
                .list());
    }

    long listings(AccountId account) {
        return jdbc.sql("select count(*) from inventory.listings where account = ? and item is not null")
                .param(account.value())
                .query(Long.class)
                .single();
    }

    void add(AccountId account, Collection<ListingId> listings, Instant now) {
        jdbc.sql("""
                        insert into inventory.zeroings (listing, account, at) select listing, :account, :now
                        from unnest(:listings::uuid[]) as listing on conflict (listing) do update set at = excluded.at""")
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .param("listings", listings.stream().map(ListingId::value).toArray(UUID[]::new))
                .update();
    }

    /** Counting begins anew. */
    void forget(AccountId account) {
        jdbc.sql("delete from inventory.zeroings where account = ?")
                .param(account.value())
                .update();
    }
}
