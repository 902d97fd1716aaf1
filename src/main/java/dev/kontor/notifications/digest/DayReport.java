package dev.kontor.notifications.digest;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountOverview;
import dev.kontor.accounts.AccountOverview.Standing;
import dev.kontor.accounts.AccountOverview.State;
import dev.kontor.inventory.UnverifiedQuantities.Unverified;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.texts.AlertTexts;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.orders.Completeness;
import dev.kontor.orders.OrderDesk.Figures;

/** Says how a day went. */
@Component
public class DayReport {

    private static final Set<AlertKind> AGEING = Set.of(AlertKind.CREDENTIAL_AGEING, AlertKind.API_KEY_AGEING);

    private final AccountOverview accounts;
    private final Situation situation;
    private final Completeness completeness;
    private final AlertTexts texts;
    private final Clock clock;

    DayReport(AccountOverview accounts, Situation situation, Completeness completeness, AlertTexts texts, Clock clock) {
        this.accounts = accounts;
        this.situation = situation;
        this.completeness = completeness;
        this.texts = texts;
        this.clock = clock;
    }

    /** Lines of HTML with no elements but {@code b}; the first one names the day. */
    public List<String> lines(Talk talk, LocalDate day) {
        var lines = new ArrayList<String>();
        lines.add(talk.say("digest.title", day));
        var figures = situation.figures(day, talk.zone());
        long placed = figures.values().stream().mapToLong(Figures::placed).sum();
        long cancelled = figures.values().stream().mapToLong(Figures::cancelled).sum();
        lines.add(talk.say("digest.orders", placed, cancelled));
        var all = accounts.all();
        for (var account : all) {
            var of = figures.get(account.id());
            if (of != null) {
                lines.add(talk.say("digest.account", account.name(), of.placed(), of.cancelled()));
            }
        }
        lines.add(certificate(talk, all));
        lines.add(unverified(talk));
        ageing(talk, lines);
        return lines;
    }

    private String certificate(Talk talk, List<Standing> all) {
        var gaps = all.stream()
                .filter(account -> account.state() == State.ACTIVE)
                .flatMap(account -> completeness.daysWithGaps(account.id()).stream())
                .sorted()
                .toList();
        return gaps.isEmpty() ? talk.say("digest.whole") : talk.say("digest.gaps", gaps.size(), gaps.getFirst());
    }

    private String unverified(Talk talk) {
        return situation.unverified().values().stream()
                .min(Comparator.comparing(Unverified::since))
                .map(oldest ->
                        talk.say("digest.unverified", talk.age(Duration.between(oldest.since(), clock.instant()))))
                .orElseGet(() -> talk.say("digest.verified"));
    }

    private void ageing(Talk talk, List<String> lines) {
        var speech = texts.in(talk.language());
        situation.open().stream()
                .filter(alert -> AGEING.contains(alert.kind()))
                .forEach(alert -> lines.add(talk.say("digest.ageing", speech.title(alert))));
    }
}
