package dev.kontor.notifications.rules;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;
import dev.kontor.operations.OrderSilence;
import dev.kontor.operations.OrderSilence.Finding;
import dev.kontor.operations.SilenceJudged;
import dev.kontor.operations.Verdict;

/**
 * Orders fail to come: because Kontor does not hear of them, because the marketplace is away at a time when people usually buy,
 * or because nobody has bought for so long that even a holiday does not explain it.
 */
@Component
class MissingOrders implements Round {

    private final OrderSilence silence;
    private final Accounts accounts;
    private final Live<RuleProperties> properties;
    private final Raising raising;
    private final Clock clock;

    MissingOrders(
            OrderSilence silence, Accounts accounts, Live<RuleProperties> properties, Raising raising, Clock clock) {
        this.silence = silence;
        this.accounts = accounts;
        this.properties = properties;
        this.raising = raising;
        this.clock = clock;
    }

    @Override
    public void look() {
        accounts.active().forEach(account -> look(account.id()));
    }

    @ApplicationModuleListener
    void on(SilenceJudged event) {
        look(event.account());
    }

    /** In the order of their names, in which everybody locks several. */
    private void look(AccountId account) {
        var subject = Subject.of(account);
        raising.look(
                new Cause(AlertKind.ORDERS_SILENT, subject),
                () -> finding(account).flatMap(this::silent));
        raising.look(
                new Cause(AlertKind.ORDERS_UNHEARD, subject),
                () -> finding(account).flatMap(this::unheard));
    }

    /** Of an account that is stopped nobody knows anything. */
    private Optional<Finding> finding(AccountId account) {
        return silence.of(account)
                .filter(_ -> accounts.find(account)
                        .filter(Accounts.AccountView::active)
                        .isPresent());
    }

    private Optional<Sighting> unheard(Finding finding) {
        if (!finding.isBroken()) {
            return Optional.empty();
        }
        var facts = Facts.none()
                .with(Fact.ORDERS, finding.unheard())
                .with(Fact.SINCE, earlier(finding.unheardSince(), finding.since()));
        return Optional.of(Sighting.now(facts, clock.instant()));
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }

    private Optional<Sighting> silent(Finding finding) {
        var since = finding.quietSince();
        var expected = finding.expected();
        if (since == null
                || expected == null
                || !finding.isMissed(clock.instant(), properties.now().quiet())) {
            return Optional.empty();
        }
        boolean down = finding.verdict() == Verdict.MARKETPLACE_DOWN;
        var facts = Facts.none()
                .with(Fact.SINCE, since)
                .with(Fact.ORDERS, Math.round(expected))
                .with(Fact.WHAT, down ? "marketplace-down" : "just-quiet");
        return Optional.of(Sighting.now(facts, clock.instant()).as(down ? Severity.WARNING : Severity.INFO));
    }
}
