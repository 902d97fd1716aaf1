package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.Hints;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Push.Subject;
import dev.kontor.marketplaces.StockWriter.Terms;

import static java.time.ZoneOffset.UTC;

/**
 * Where a marketplace tells of a quantity that changed, it is looked at. Its request waits while that is noted, so the note
 * is a row of its own, for which nobody waits; a mass of them takes effect together.
 */
@Component
class HintedListings {

    private static final int TOGETHER = 100;

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

    /** In the transaction that keeps what was told. */
    @EventListener
    void on(HintReceived event) {
        var subject = event.hint().subject();
        var about = event.hint().about();
        if (subject != Subject.STOCK && subject != Subject.LISTING) {
            return;
        }
        if (about != null) {
            var now = clock.instant();
            jdbc.sql("insert into inventory.hinted_listings (account, about, told_at, due_at) values (?, ?, ?, ?)")
                    .params(
                            event.account().value(),
                            about,
                            now.atOffset(UTC),
                            Reading.together(now, lag(event.account()), Reading.AT_LEISURE)
                                    .atOffset(UTC))
                    .update();
        }
        hints.settled(List.of(event.delivery()));
    }

    boolean waiting() {
        return jdbc.sql("select exists (select from inventory.hinted_listings)")
                .query(Boolean.class)
                .single();
    }

    /**
     * What is told at once after a write is most likely told of it: one look, a little later, is enough for both.
     *
     * @return whether there was anything to do
     */
    @Transactional
    public boolean follow() {
        return jdbc.sql("""
                        with taken as (
                          delete from inventory.hinted_listings where id in (
                            select id from inventory.hinted_listings order by id limit :together for update skip locked)
                          returning account, about, told_at, due_at
                        ), told as (
                          select account, about, max(told_at) as told_at, max(due_at) as due_at from taken group by account, about
                        ), meant as (
                          select listing, max(told.told_at) as told_at, max(told.due_at) as due_at
                          from told join inventory.publications p on p.account = told.account
                            and (external_id collate "C" = about or external_id collate "C" >= about || '/'
                              and external_id collate "C" < about || '0')
                          group by listing
                        ), locked as (
                          select listing from inventory.publications where listing in (select listing from meant)
                          order by listing for no key update
                        ), looked as (
                          update inventory.publications p set read_wanted = true, wanted_at = greatest(wanted_at, meant.told_at),
                            due_at = case when command is not null then p.due_at
                              when state = 'APPLIED' and work = 'READ' and meant.told_at <= fresh_at + :clocks::interval
                                then greatest(p.due_at, meant.due_at)
                              when read_wanted and p.due_at > :now then p.due_at
                              when work is null or work in ('READ', 'READ_ZERO') then greatest(:now, meant.due_at) else :now end
                          from locked join meant using (listing) where p.listing = locked.listing
                        )
                        select count(*) from taken""")
                        .param("together", TOGETHER)
                        .param("now", clock.instant().atOffset(UTC))
                        .param("clocks", Exposures.CLOCKS.toSeconds() + " s")
                        .query(Long.class)
                        .single()
                > 0;
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
