package dev.kontor.notifications.rules;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;
import dev.kontor.orders.OrderFlow;
import dev.kontor.orders.RunningLoops;

/**
 * A loop that should run and finishes no run, neither well nor badly. The time while Kontor did not run, and so nobody
 * looked, does not count.
 */
@Component
class SilentLoops implements Round {

    /** Without it orders are not heard of. */
    private static final String FEED = "feed";

    private static final Duration PAUSE = RoundJob.INTERVAL.multipliedBy(5);

    private final RunningLoops loops;
    private final OrderFlow flow;
    private final LoopRuns runs;
    private final Accounts accounts;
    private final Live<RuleProperties> properties;
    private final Raising raising;
    private final Clock clock;

    SilentLoops(
            RunningLoops loops,
            OrderFlow flow,
            LoopRuns runs,
            Accounts accounts,
            Live<RuleProperties> properties,
            Raising raising,
            Clock clock) {
        this.loops = loops;
        this.flow = flow;
        this.runs = runs;
        this.accounts = accounts;
        this.properties = properties;
        this.raising = raising;
        this.clock = clock;
    }

    @Override
    public void look() {
        var watchedSince = runs.watchedSince(clock.instant(), PAUSE);
        for (var account : accounts.active()) {
            loops.of(account).forEach((loop, interval) -> look(account, loop, interval, watchedSince));
        }
    }

    private void look(AccountView account, String loop, Duration interval, Instant watchedSince) {
        raising.look(new Cause(AlertKind.SYNC_SILENT, Subject.of(account.id()), loop), () -> {
            var now = clock.instant();
            var heard = lastHeard(account, loop, watchedSince);
            return Duration.between(heard, now).compareTo(patience(interval)) < 0
                    ? Optional.empty()
                    : Optional.of(sighting(loop, heard, now));
        });
    }

    private static Sighting sighting(String loop, Instant heard, Instant now) {
        var sighting = Sighting.now(Facts.none().with(Fact.LOOP, loop).with(Fact.SINCE, heard), now);
        return loop.equals(FEED) ? sighting.as(Severity.CRITICAL) : sighting;
    }

    private Duration patience(Duration interval) {
        var now = properties.now();
        var several = interval.multipliedBy(now.silentIntervals());
        return several.compareTo(now.silent()) > 0 ? several : now.silent();
    }

    private Instant lastHeard(AccountView account, String loop, Instant watchedSince) {
        var begun = runs.activatedAt(account.id()).orElse(account.connectedAt());
        var heard = Optional.ofNullable(runs.heard(account.id()).get(loop));
        return Stream.of(heard.stream(), read(account, loop).stream(), Stream.of(begun, watchedSince))
                .flatMap(known -> known)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** A run that has much to catch up on takes long, and moves on with each page. */
    private Optional<Instant> read(AccountView account, String loop) {
        return loop.equals(FEED) ? flow.standing(account.id()).map(OrderFlow.Standing::readAt) : Optional.empty();
    }

    @ApplicationModuleListener
    void on(AccountActivated event) {
        runs.activated(event.account(), event.at());
    }
}
