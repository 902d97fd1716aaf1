package dev.kontor.orders.certificate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.backfill.Backfill;
import dev.kontor.orders.backfill.BackfillState;
import dev.kontor.orders.backfill.BackfillState.Phase;

/** Which days are to be checked: the newest always, older ones until they are settled, and all again now and then. */
@Component
class DuePlan {

    private static final int RECENT_DAYS = 3;
    private static final Duration AGAIN_AFTER = Duration.ofDays(30);
    private static final int AGAIN_AT_ONCE = 15;

    private final Certificates certificates;
    private final Backfill backfill;
    private final Accounts accounts;
    private final Marketplaces marketplaces;
    private final Clock clock;

    DuePlan(Certificates certificates, Backfill backfill, Accounts accounts, Marketplaces marketplaces, Clock clock) {
        this.accounts = accounts;
        this.marketplaces = marketplaces;
        this.certificates = certificates;
        this.backfill = backfill;
        this.clock = clock;
    }

    /** A young backfill is not chased: it would read every order twice, and calls for the proof itself when it is done. */
    boolean isTime(AccountId account, Duration interval) {
        return backfill.state(account)
                .filter(state -> state.phase() != Phase.RUNNING
                        || !clock.instant().isBefore(state.startedAt().plus(interval)))
                .isPresent();
    }

    /**
     * The newest first: where a marketplace lets Kontor wait, the whole takes long, and people ask about these days.
     *
     * @param roundBegan days checked since then are done for this round
     */
    List<LocalDate> due(AccountId account, Instant roundBegan) {
        var state = backfill.state(account);
        if (state.isEmpty()) {
            return List.of();
        }
        var settled = certificates.settled(account);
        var now = clock.instant();
        var again = new ArrayList<LocalDate>();
        var due = new ArrayList<LocalDate>();
        for (var day : covered(account, state.get(), now)) {
            var settledAt = settled.get(day);
            if (isRecent(day, now) || settledAt == null) {
                due.add(day);
            } else if (settledAt.isBefore(now.minus(AGAIN_AFTER))) {
                again.add(day);
            }
        }
        again.stream()
                .sorted(Comparator.comparing(settled::get))
                .limit(AGAIN_AT_ONCE)
                .forEach(due::add);
        var done = certificates.checkedSince(account, roundBegan);
        due.removeIf(done::contains);
        return due;
    }

    private static boolean isRecent(LocalDate day, Instant now) {
        return day.isAfter(today(now).minusDays(RECENT_DAYS));
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private Duration retention(AccountId account) {
        var view = accounts.find(account).orElseThrow();
        return marketplaces.get(view.marketplace()).orders().retention().orders();
    }

    /**
     * Days that the loops claim to have brought in whole, the newest first. A day that the marketplace no longer lists
     * whole keeps the verdict it has.
     */
    private List<LocalDate> covered(AccountId account, BackfillState state, Instant now) {
        var days = new ArrayList<LocalDate>();
        var oldestKept = LocalDate.ofInstant(now.minus(retention(account)), ZoneOffset.UTC);
        var oldestRead = LocalDate.ofInstant(state.period().from(), ZoneOffset.UTC);
        var first = (oldestKept.isAfter(oldestRead) ? oldestKept : oldestRead).plusDays(2);
        var reached = LocalDate.ofInstant(state.reachedAt(), ZoneOffset.UTC);
        var begun = LocalDate.ofInstant(state.period().to(), ZoneOffset.UTC);
        for (var day = today(now); !day.isBefore(first); day = day.minusDays(1)) {
            if (state.phase() == Phase.DONE || day.isBefore(reached) || day.isAfter(begun)) {
                days.add(day);
            }
        }
        return days;
    }
}
