package dev.kontor.inventory.publication;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.UnverifiedQuantities;

import static java.time.ZoneOffset.UTC;

@Repository
class OpenQuantities implements UnverifiedQuantities {

    private final JdbcClient jdbc;

    OpenQuantities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a marketplace takes fewer of than are wanted counts as wanted. */
    @Override
    public List<Unverified> wantedBefore(Instant time) {
        return jdbc.sql("""
                        select account, count(*) as listings, min(coalesce(desired_at, sent_at)) as since
                        from inventory.publications
                        where not gone and (plan is null or planned is not null) and desired_at < ?
                          and (command is not null or verified is distinct from desired - coalesce(withheld, 0))
                          and account in (select account from inventory.takeovers where mode = 'WRITING')
                        group by account""")
                .param(time.atOffset(UTC))
                .query((row, _) -> new Unverified(
                        new AccountId(row.getObject("account", UUID.class)),
                        row.getLong("listings"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }
}
