package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;

/**
 * Which work waits because its calls are put off: the marketplace is away, or permits no more for now. A turn of which all
 * was put off makes the work doubted. A doubted work tries little, and waits when that is put off too; once anything of it
 * is answered, all works of the account go on. Kept in memory, for what keeps calls from being sent is found out by each
 * instance for itself.
 */
@Component
class Waits {

    /** However late a time is told: another one may end the pause earlier, and not tell this one. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Publications publications;
    private final Clock clock;
    private final Map<Due, Doubt> doubts = new HashMap<>();
    private final Map<AccountId, Integer> proofs = new HashMap<>();

    Waits(Publications publications, Clock clock) {
        this.publications = publications;
        this.clock = clock;
    }

    /**
     * @param tries how often little was tried
     * @param since when the last try began
     * @param until nothing is tried before
     */
    private record Doubt(int tries, Instant since, Instant until) {
        private Doubt noMore() {
            return new Doubt(tries, since, since);
        }
    }

    /** @return since when it waits; empty where it does not */
    synchronized Optional<Instant> since(Due due) {
        var now = clock.instant();
        return Optional.ofNullable(doubts.get(due))
                .filter(doubt -> doubt.until().isAfter(now))
                .map(Doubt::since);
    }

    /** When the next of what waits goes on. */
    synchronized Optional<Instant> next() {
        var now = clock.instant();
        return doubts.values().stream()
                .map(Doubt::until)
                .filter(until -> until.isAfter(now))
                .min(Instant::compareTo);
    }

    synchronized Turn begin(Due due) {
        return new Turn(due, doubts.get(due), proofs(due.account()), clock.instant());
    }

    private int proofs(AccountId account) {
        return proofs.getOrDefault(account, 0);
    }

    /** Then the account's other work tries too, and does not wait for what was told while the outcome was open. */
    private void answered(Due due) {
        synchronized (this) {
            if (doubts.remove(due) == null) {
                return;
            }
            proofs.merge(due.account(), 1, Integer::sum);
            doubts.replaceAll((other, doubt) -> other.account().equals(due.account()) ? doubt.noMore() : doubt);
        }
        publications.resume(due.account(), clock.instant());
    }

    /** Of what began before the latest answer nobody knows whether it would still be put off. */
    private synchronized void putOff(Turn turn, Instant until) {
        var before = turn.before;
        if (before == null || turn.proofs != proofs(turn.due.account())) {
            doubts.putIfAbsent(turn.due, new Doubt(0, turn.begun, turn.begun));
            return;
        }
        var longest = clock.instant().plus(LONGEST);
        doubts.put(turn.due, new Doubt(before.tries() + 1, turn.begun, until.isBefore(longest) ? until : longest));
    }

    /** One attempt at what is due. */
    class Turn {

        private final Due due;
        private final @Nullable Doubt before;
        private final int proofs;
        private final Instant begun;
        private boolean answered;
        private @Nullable Instant until;

        private Turn(Due due, @Nullable Doubt before, int proofs, Instant begun) {
            this.due = due;
            this.before = before;
            this.proofs = proofs;
            this.begun = begun;
        }

        boolean doubted() {
            return before != null;
        }

        /** Each time another one, lest all wait for one that is put off on its own account. */
        <T> T oneOf(List<T> all) {
            return all.get(before == null ? 0 : before.tries() % all.size());
        }

        <T> Answer<T> heard(Answer<T> answer) {
            if (answer instanceof Answer.Throttled<?>(var told)) {
                putOffUntil(told);
            } else if (proves(answer)) {
                synchronized (this) {
                    answered = true;
                }
                answered(due);
            }
            return answer;
        }

        private synchronized void putOffUntil(Instant told) {
            until = until == null || told.isBefore(until) ? told : until;
        }

        private static boolean proves(Answer<?> answer) {
            return answer instanceof Answer.Ok
                    || answer instanceof Answer.Unauthorized
                    || answer instanceof Answer.Rejected<?>(var code, var reason) && !code.equals(Connection.UNWANTED);
        }

        synchronized void end() {
            if (!answered && until != null) {
                putOff(this, until);
            }
        }
    }
}
