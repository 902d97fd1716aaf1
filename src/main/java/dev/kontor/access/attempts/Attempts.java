package dev.kontor.access.attempts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.springframework.stereotype.Service;

import dev.kontor.api.TooManyRequests;

/**
 * Lets somebody try what could be a guess. Each try is counted before it is made and uncounted when it turns out to be
 * right, so that many at the same moment are no way around.
 *
 * <p>What fails is counted against the place, against the user at that place, and against the user wherever it was. The
 * last one holds no more than a hundred passwords in a row (NIST SP 800-63B, 3.2.2), and would let anybody lock anybody
 * out: so only the second counts where the user has logged in before. Not called inside a transaction.
 */
@Service
public class Attempts {

    private static final Allowance PASSWORDS_HERE = new Allowance("password", 10, Duration.ofMinutes(1));
    private static final Allowance PASSWORDS_OF_PLACE = new Allowance("passwords-of", 50, Duration.ofSeconds(10));
    private static final Allowance PASSWORDS_OF_USER = new Allowance("passwords-for", 100, Duration.ofMinutes(5));

    /** A guess is right with three chances in a million, so few of them a day are harmless. */
    private static final Allowance CODES_HERE = new Allowance("code", 5, Duration.ofMinutes(5));

    private static final Allowance CODES_OF_USER = new Allowance("codes-for", 10, Duration.ofMinutes(15));

    /** Nobody guesses 256 bits; whoever tries shall not keep the database busy. */
    private static final Allowance SECRETS = new Allowance("secrets-of", 100, Duration.ofSeconds(10));

    private final FailedAttempts failures;
    private final KnownPlaces places;

    Attempts(FailedAttempts failures, KnownPlaces places) {
        this.failures = failures;
        this.places = places;
    }

    /**
     * @param user also of a name that nobody has, which must be told from others by nothing
     * @param attempt empty where it failed
     * @throws TooManyRequests without trying
     */
    public <T> Optional<T> password(UUID user, Place place, Supplier<Optional<T>> attempt) {
        var here = PASSWORDS_HERE.of(user, place.text());
        return places.knows(user, place)
                ? counted(List.of(here), attempt)
                : counted(List.of(here, PASSWORDS_OF_PLACE.of(place.text()), PASSWORDS_OF_USER.of(user)), attempt);
    }

    /** A code of the second factor; see {@link #password}. */
    public <T> Optional<T> code(UUID user, Place place, Supplier<Optional<T>> attempt) {
        var here = CODES_HERE.of(user, place.text());
        return places.knows(user, place)
                ? counted(List.of(here), attempt)
                : counted(List.of(here, CODES_OF_USER.of(user)), attempt);
    }

    /** A refresh token, or the secret of a link; see {@link #password}. */
    public <T> Optional<T> secret(Place place, Supplier<Optional<T>> attempt) {
        return counted(List.of(SECRETS.of(place.text())), attempt);
    }

    private <T> Optional<T> counted(List<Counter> counters, Supplier<Optional<T>> attempt) {
        count(counters);
        var failed = false;
        try {
            var outcome = attempt.get();
            failed = outcome.isEmpty();
            return outcome;
        } finally {
            if (!failed) {
                counters.forEach(failures::uncount);
            }
        }
    }

    private void count(List<Counter> counters) {
        var counted = new ArrayList<Counter>();
        for (var counter : counters) {
            var wait = failures.count(counter);
            if (wait.isPresent()) {
                counted.forEach(failures::uncount);
                throw new TooManyRequests("Too many attempts have failed.", wait.get());
            }
            counted.add(counter);
        }
    }
}
