package dev.kontor.orders;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import dev.kontor.accounts.AccountId;

/** What other modules may ask about what is missing in the archive. */
public interface Completeness {

    /** Days that are over and on which an order is missing or cannot be explained, as the newest verdicts say, in order. */
    List<LocalDate> daysWithGaps(AccountId account);

    /** How many records came in since then that could not be read so far. */
    long unreadableSince(AccountId account, Instant since);
}
