package dev.kontor.accounts;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jspecify.annotations.Nullable;

/** Connects new accounts. It asks the marketplace, so it is never called inside a transaction. */
@PrimaryPort
public interface Enrolment {

    /**
     * Begins the authorization and leaves a durable job that waits for the seller; where he entered credentials, the
     * account is active at once. On a failure nothing is left.
     */
    Outcome connect(ConnectAccount command);

    /** What came of the wish. */
    sealed interface Outcome {

        /** @param confirmation what the seller is to confirm; null when that is over or was never asked for */
        record Begun(AccountId account, @Nullable Confirmation confirmation) implements Outcome {}

        /** No account was made. */
        sealed interface Failed extends Outcome {}

        record UnknownMarketplace(List<String> known) implements Failed {
            public UnknownMarketplace {
                known = List.copyOf(known);
            }
        }

        /** The request key was used for another wish before. */
        record KeyReused() implements Failed {}

        /** @param retryAt when the marketplace asked to come back; null where it did not say */
        record Unreachable(String reason, @Nullable Instant retryAt) implements Failed {}

        /** The marketplace answered, but not with a code: Kontor's own registration there is probably wrong. */
        record Declined(String reason) implements Failed {}

        /** What the seller entered is not accepted, or is not this account's. */
        record Refused(String reason) implements Failed {}
    }

    /** The page that the seller opens and the code that he confirms there. */
    record Confirmation(URI link, String userCode, Instant expiresAt) {}
}
