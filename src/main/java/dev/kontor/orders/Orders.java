package dev.kontor.orders;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;

/**
 * What other modules may ask about orders: as the archive has them at the moment, also those that have vanished. Where it
 * has none yet, as a first sign tells.
 */
public interface Orders {

    List<OrderView> find(Collection<OrderId> orders);

    /** All orders of the account that have one of these lines; several have one where lines moved from order to order. */
    List<OrderView> withLines(AccountId account, Collection<String> lines);

    /**
     * Archived ones, by the time of placing.
     *
     * @param after the last one of the page before
     */
    List<OrderView> placedSince(AccountId account, Instant since, @Nullable OrderView after, int limit);

    /**
     * Up to which instant every sale of the account is known: {@link OrdersArchived}, or {@link OrdersAnnounced} where its
     * order is still to be read, was published in the transaction that made it known. It stands where it stood when the
     * marketplace told of a record that cannot be read, for that may be a sale, until it is or somebody answers for it.
     */
    Optional<Instant> watermark(AccountId account);
}
