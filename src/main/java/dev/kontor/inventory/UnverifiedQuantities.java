package dev.kontor.inventory;

import java.time.Instant;
import java.util.List;

import dev.kontor.accounts.AccountId;

/** What other modules may ask about quantities that buyers were not seen to be shown. */
public interface UnverifiedQuantities {

    /** @param since when the oldest of them was wanted */
    record Unverified(AccountId account, long listings, Instant since) {}

    /** Of accounts that are written to: wanted before that time, held back by no plan, and not verified. */
    List<Unverified> wantedBefore(Instant time);
}
