package dev.kontor.orders;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Cursor;

/** What other modules may ask about how an account's orders come in. */
public interface OrderFlow {

    /**
     * @param position up to where the marketplace's log was followed; null where it was empty so far
     * @param startedAt what was bought before is not the feed's
     * @param readAt when the marketplace was asked last, so that what it told is stored
     * @param watermark up to when the feed takes every sale for known, whatever waits because it could not be read
     */
    record Standing(@Nullable Cursor position, Instant startedAt, Instant readAt, Instant watermark) {}

    /** Empty while the feed has not begun. */
    Optional<Standing> standing(AccountId account);

    /** Those of these orders of which nothing is known: no order, no first sign, and no record that could not be read. */
    Set<String> unheard(AccountId account, Collection<String> externalIds);

    /** How many orders were placed, by the beginning of the hour; hours without any are left out. */
    Map<Instant, Integer> placedByHour(AccountId account, Instant from, Instant to);

    /** When the newest order was placed that was not placed later than {@code until}. */
    Optional<Instant> lastPlaced(AccountId account, Instant until);

    /**
     * Whether the orders that were placed from the one to the other are in the archive, but for what cannot be read and for
     * what the marketplace tells later than it tells of others.
     */
    boolean archived(AccountId account, Instant from, Instant until);
}
