package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountOverview;
import dev.kontor.accounts.AccountOverview.Standing;
import dev.kontor.accounts.AccountOverview.State;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.digest.Situation;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.orders.OrderDesk.Figures;
import dev.kontor.orders.Orders;

/** Says of each account how it stands: what was read last, what was sold today, and what is not verified yet. */
@WithBot
class Standings {

    private static final Figures NONE = new Figures(0, 0);

    private final AccountOverview accounts;
    private final Orders orders;
    private final Situation situation;
    private final Clock clock;

    Standings(AccountOverview accounts, Orders orders, Situation situation, Clock clock) {
        this.accounts = accounts;
        this.orders = orders;
        this.situation = situation;
        this.clock = clock;
    }

    /** Of each account, which may be two lines; those with the worst troubles come first. */
    List<String> lines(Talk talk) {
        var now = clock.instant();
        var today = situation.figures(LocalDate.ofInstant(now, talk.zone()), talk.zone());
        var open = situation.unverified();
        var worst = worst();
        var lines = new ArrayList<String>();
        for (var account : worstFirst(worst)) {
            var line = line(talk, account, today.getOrDefault(account.id(), NONE), worst, now);
            var waiting = open.get(account.id());
            lines.add(
                    waiting == null
                            ? line
                            : line + "\n"
                                    + talk.say(
                                            "health.unverified",
                                            waiting.listings(),
                                            talk.age(Duration.between(waiting.since(), now))));
        }
        return lines;
    }

    private List<Standing> worstFirst(Map<AccountId, Severity> worst) {
        return accounts.all().stream()
                .sorted(Comparator.comparing(
                        account -> worst.get(account.id()), Comparator.nullsLast(Comparator.reverseOrder())))
                .toList();
    }

    private String line(Talk talk, Standing account, Figures today, Map<AccountId, Severity> worst, Instant now) {
        if (account.state() != State.ACTIVE) {
            return talk.say(
                    "health.idle",
                    account.state() == State.REFUSED ? "🔴" : "⚪",
                    account.name(),
                    talk.word("account.state", account.state().name()));
        }
        var read = orders.watermark(account.id())
                .map(at -> talk.age(Duration.between(at, now)))
                .orElseGet(() -> talk.plain("health.never"));
        var severity = worst.get(account.id());
        var dot = severity == null || severity == Severity.INFO ? "🟢" : Cards.dot(severity);
        return talk.say("health.account", dot, account.name(), read, today.placed());
    }

    /** Of what is amiss with each account the worst. */
    private Map<AccountId, Severity> worst() {
        return situation.open().stream()
                .filter(alert -> alert.subject().account() != null)
                .collect(Collectors.toMap(
                        alert -> Objects.requireNonNull(alert.subject().account()),
                        Alert::severity,
                        (one, other) -> one.compareTo(other) > 0 ? one : other));
    }

    List<Alert> open() {
        return situation.open();
    }
}
