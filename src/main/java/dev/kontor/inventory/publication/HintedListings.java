package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.Hints;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Push.Subject;
import dev.kontor.marketplaces.StockWriter.Terms;

import static java.time.ZoneOffset.UTC;

/** Where a marketplace tells of a quantity that changed, it is looked at; in the transaction that keeps what was told. */
@Component
class HintedListings {

    private final JdbcClient jdbc;
    private final Hints hints;
    private final Accounts accounts;
    private final Marketplaces marketplaces;
    private final Clock clock;

    HintedListings(JdbcClient jdbc, Hints hints, Accounts accounts, Marketplaces marketplaces, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.accounts = accounts;
        this.marketplaces = marketplaces;
        this.clock = clock;
    }

    @EventListener
    void on(HintReceived event) {
        var subject = event.hint().subject();
        var about = event.hint().about();
        if (subject != Subject.STOCK && subject != Subject.LISTING) {
            return;
        }
        if (about != null) {
            var now = clock.instant();
            jdbc.sql("""
                            with told as (
                              select listing from inventory.publications where account = :account
                                and (external_id = :about or starts_with(external_id, :about || '/'))
                              order by listing for no key update
                            )
                            update inventory.publications p set read_wanted = true, wanted_at = :now,
                              due_at = case when command is not null or (read_wanted and due_at > :now) then due_at
                                when work is null or work in ('READ', 'READ_ZERO') then :due else :now end
                            from told where p.listing = told.listing""")
                    .param("now", now.atOffset(UTC))
                    .param("due", now.plus(lag(event.account())).atOffset(UTC))
                    .param("account", event.account().value())
                    .param("about", about)
                    .update();
        }
        hints.settled(List.of(event.delivery()));
    }

    /** Read earlier, it would show what was before. */
    private Duration lag(AccountId account) {
        return accounts
                .find(account)
                .flatMap(view -> marketplaces.get(view.marketplace()).stockWriter())
                .stream()
                .flatMap(writer -> writer.possibleTerms().stream())
                .map(Terms::readingLag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
