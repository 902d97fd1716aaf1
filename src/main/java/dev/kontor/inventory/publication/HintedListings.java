package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.List;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.Hints;
import dev.kontor.marketplaces.Push.Subject;

import static java.time.ZoneOffset.UTC;

/** Where a marketplace tells of a quantity that changed, it is looked at; in the transaction that keeps what was told. */
@Component
class HintedListings {

    private final JdbcClient jdbc;
    private final Hints hints;
    private final Clock clock;

    HintedListings(JdbcClient jdbc, Hints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
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
            jdbc.sql("""
                            update inventory.publications set read_wanted = true,
                              due_at = case when command is null then :now else due_at end
                            where account = :account and (external_id = :about or starts_with(external_id, :about || '/'))""")
                    .param("now", clock.instant().atOffset(UTC))
                    .param("account", event.account().value())
                    .param("about", about)
                    .update();
        }
        hints.settled(List.of(event.delivery()));
    }
}
