package dev.kontor.notifications.rules;

import java.time.Clock;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountOverview;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.orders.FeedWindowUsed;

/** A good part of the time for which a marketplace remembers changes has passed since they were read. */
@Component
class UsedFeedWindow {

    private final AccountOverview accounts;
    private final Raising raising;
    private final Clock clock;

    UsedFeedWindow(AccountOverview accounts, Raising raising, Clock clock) {
        this.accounts = accounts;
        this.raising = raising;
        this.clock = clock;
    }

    @ApplicationModuleListener
    void on(FeedWindowUsed event) {
        var cause = new Cause(AlertKind.FEED_WINDOW, Subject.of(event.account()));
        var facts = Facts.none().with(Fact.SHARE, event.share()).with(Fact.SINCE, event.lastReadAt());
        var sighting = Sighting.of(event.level() + " " + event.lastReadAt(), facts, clock.instant());
        if (accounts.all().stream().noneMatch(it -> it.id().equals(event.account()))) {
            raising.gone(cause, clock.instant()); // nobody wants its orders any more
            return;
        }
        switch (event.level()) {
            case NORMAL -> raising.gone(cause, clock.instant());
            case WARNING -> raising.raise(cause, sighting.as(Severity.WARNING));
            case CRITICAL -> raising.raise(cause, sighting.as(Severity.CRITICAL));
        }
    }
}
