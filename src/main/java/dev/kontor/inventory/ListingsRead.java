package dev.kontor.inventory;

import java.time.Instant;
import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * A marketplace told of listings, and of these not what Kontor knew. Published once a page, in the transaction that stored
 * what was told.
 *
 * @param numbered those that are new or have another SKU or EAN than before, and may sell some item
 * @param changed those whose quantity, status or fulfilment is another one, or whose quantity is not what is expected of
 *     them; and those that are gone or there again
 */
@DomainEvent
public record ListingsRead(AccountId account, List<ListingId> numbered, List<ListingId> changed, Instant at) {

    public ListingsRead {
        numbered = List.copyOf(numbered);
        changed = List.copyOf(changed);
    }
}
