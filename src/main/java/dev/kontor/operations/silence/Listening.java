package dev.kontor.operations.silence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.operations.SilenceJudged;
import dev.kontor.operations.Verdict;
import dev.kontor.operations.silence.Silence.Asked;
import dev.kontor.operations.silence.Silence.Judgement;
import dev.kontor.operations.silence.Silences.Claimed;
import dev.kontor.orders.OrderFlow;
import dev.kontor.orders.OrderFlow.Standing;

/** Looks at one account: asks its marketplace, compares with its rhythm, and judges. */
@Component
class Listening {

    /** Orders of so long ago are often found late; all of them are counted again once a day. */
    private static final Duration LATE = Duration.ofHours(12);

    private final OrderFlow flow;
    private final Asking asking;
    private final HoursSold hours;
    private final Silences silences;
    private final SilenceProperties properties;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<AccountId, Learnt> rhythms = new ConcurrentHashMap<>();

    Listening(
            OrderFlow flow,
            Asking asking,
            HoursSold hours,
            Silences silences,
            SilenceProperties properties,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.flow = flow;
        this.asking = asking;
        this.hours = hours;
        this.silences = silences;
        this.properties = properties;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** @param sold what the database has as well */
    private record Learnt(Instant at, SortedMap<Instant, Integer> sold, Rhythm rhythm) {}

    /**
     * Outside any transaction.
     *
     * @param accounts how many are listened to, among which false alarms are shared out
     */
    void look(Claimed claimed, AccountView account, Duration interval, int accounts) {
        var before = claimed.silence();
        var startedAt = clock.instant();
        var now = flow.standing(account.id())
                .map(standing -> looked(before, account, standing, interval, accounts))
                .orElse(before);
        transaction.executeWithoutResult(_ -> {
            var differs = now.judgement().verdict() != before.judgement().verdict()
                    || now.judgement().silent() != before.judgement().silent();
            if (silences.store(claimed, now, startedAt.plus(interval)) && differs) {
                events.publishEvent(
                        new SilenceJudged(account.id(), now.judgement().verdict(), clock.instant()));
            }
        });
    }

    private Silence looked(Silence before, AccountView account, Standing standing, Duration interval, int accounts) {
        var asked = asking.ask(account, before.asked(), standing, interval);
        var learnt = learnt(before, account);
        var judgement = judge(before.judgement(), asked, standing, account.id(), learnt.rhythm, accounts);
        return new Silence(account.id(), asked, learnt.at, judgement);
    }

    private Judgement judge(
            Judgement before, Asked asked, Standing standing, AccountId account, Rhythm rhythm, int accounts) {
        var now = clock.instant();
        var last = flow.lastPlaced(account, now).orElse(standing.startedAt());
        var quietSince = last.isBefore(standing.startedAt()) ? standing.startedAt() : last;
        var down = asked.found() == Canary.DOWN;
        // only up to the watermark it is sure that no order is still to be heard of; while nobody answers it stands
        // still
        var until = down || standing.watermark().isAfter(now) ? now : standing.watermark();
        var stretch = rhythm.isKnown() ? rhythm.without(quietSince, until) : null;
        var silent = stretch != null && stretch.chance() < leastChance(rhythm, accounts);
        var verdict = verdict(before.verdict(), asked, silent);
        return new Judgement(
                verdict,
                verdict == before.verdict() ? before.at() : now,
                silent,
                quietSince,
                stretch == null ? null : stretch.expected(),
                stretch == null ? null : stretch.chance());
    }

    /**
     * Each time between two orders is a try for chance. By the union bound, false alarms are no more than wanted where each
     * of the tries of a week, over all accounts, has no more than its part of them.
     */
    private double leastChance(Rhythm rhythm, int accounts) {
        return properties.falseAlarms() / (Math.max(1, accounts) * Math.max(1, rhythm.week()));
    }

    private static Verdict verdict(Verdict before, Asked asked, boolean silent) {
        if (asked.broken() != null) {
            return Verdict.PIPE_BROKEN;
        }
        return switch (asked.found()) {
            case null -> Verdict.UNKNOWN;
            case NOTHING_NEW -> silent ? Verdict.QUIET : Verdict.FLOWING;
            case FROZEN, UNHEARD -> Verdict.PIPE_BROKEN;
            case DOWN -> Verdict.MARKETPLACE_DOWN;
            case HELD -> before;
            case REFUSED -> Verdict.UNKNOWN;
        };
    }

    // Learning

    private Learnt learnt(Silence before, AccountView account) {
        var id = account.id();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database gives it back
        var learntAt = before.learntAt();
        var remembered = rhythms.get(id);
        var known = remembered == null || !remembered.at.equals(learntAt) ? null : remembered;
        if (learntAt != null && hour(learntAt).equals(hour(now))) {
            return known == null ? remember(account, learntAt, hours.of(id)) : known;
        }
        var until = hour(now);
        var oldest = until.minus(Rhythm.LEARNT_FROM);
        var from = learntAt != null && day(learntAt).equals(day(now)) ? until.minus(LATE) : oldest;
        var sold = flow.placedByHour(id, from, until);
        hours.learn(id, sold, from, oldest);
        return remember(account, now, known == null ? hours.of(id) : joined(known.sold, sold, from, oldest));
    }

    private static SortedMap<Instant, Integer> joined(
            SortedMap<Instant, Integer> known, Map<Instant, Integer> sold, Instant from, Instant oldest) {
        var joined = new TreeMap<>(known.subMap(oldest, from));
        joined.putAll(sold);
        return joined;
    }

    private Learnt remember(AccountView account, Instant at, SortedMap<Instant, Integer> sold) {
        var learnt = new Learnt(at, sold, new Rhythm(sold, hour(at), properties.zone(account.marketplace())));
        rhythms.put(account.id(), learnt);
        return learnt;
    }

    private static Instant day(Instant at) {
        return at.truncatedTo(ChronoUnit.DAYS);
    }

    private static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    /** Of an account that nobody listens to any more. */
    void forgetAllBut(Collection<AccountId> accounts) {
        rhythms.keySet().retainAll(accounts);
    }
}
