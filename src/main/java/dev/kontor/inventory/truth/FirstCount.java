package dev.kontor.inventory.truth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.inventory.listings.Fulfilment;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Reading;
import dev.kontor.inventory.reservations.StockTakeover.Taken;
import dev.kontor.marketplaces.Listing.Status;

/**
 * What an account's listings show of items that nobody has counted. Where several listings sell one item, the one that
 * shows fewest counts: whether they all show the same units or each its share, so many are there.
 */
class FirstCount {

    private final Map<ItemId, Shown> fewest;

    private record Shown(Listing listing, long quantity, Instant asOf) {}

    /** @param listings that sell one kind of item each, of which nobody has counted any */
    FirstCount(Collection<Listing> listings) {
        this.fewest = listings.stream()
                .flatMap(listing -> shown(listing).stream())
                .collect(Collectors.toMap(
                        shown -> item(shown.listing()),
                        shown -> shown,
                        (one, other) -> fewer().compare(one, other) <= 0 ? one : other));
    }

    private static Comparator<Shown> fewer() {
        return Comparator.comparingLong(Shown::quantity)
                .thenComparing(it -> it.listing().id().toString());
    }

    /** Of one that nobody can buy a quantity says little: it may be left over from years ago. */
    private static Optional<Shown> shown(Listing listing) {
        var link = Objects.requireNonNull(listing.link());
        return Optional.ofNullable(listing.reading())
                .filter(reading -> reading.goneAt() == null && reading.fulfilment() == Fulfilment.SELLER)
                .filter(reading -> reading.status() == Status.ON_SALE || reading.status() == Status.SOLD_OUT)
                .filter(reading -> reading.quantity() != null)
                .map(reading -> new Shown(listing, quantity(reading) * link.units(), asOf(reading)));
    }

    private static long quantity(Reading reading) {
        return Math.max(0, Objects.requireNonNull(reading.quantity()));
    }

    private static Instant asOf(Reading reading) {
        return Objects.requireNonNull(reading.quantityAsOf());
    }

    private static ItemId item(Listing listing) {
        return Objects.requireNonNull(listing.link()).item();
    }

    int items() {
        return fewest.size();
    }

    /** Since when orders must move stock, so that none is passed over: some listing may show what was there then. */
    Optional<Instant> since() {
        return fewest.values().stream().map(Shown::asOf).min(Comparator.naturalOrder());
    }

    /** What was placed later is in none of the numbers for certain; of what was placed earlier it must be known. */
    Optional<Instant> until() {
        return fewest.values().stream().map(Shown::asOf).max(Comparator.naturalOrder());
    }

    /**
     * What was there before any of these was taken: what is shown, and what had been taken already when it was. What was
     * taken later is in the shown number and is taken off by its own movement.
     */
    List<Entry> entries(Collection<Taken> taken, WarehouseId warehouse, String account, String actor) {
        var entries = new ArrayList<Entry>();
        fewest.forEach((item, shown) -> {
            var before = taken.stream()
                    .filter(it -> it.item().equals(item) && it.placedAt().isBefore(shown.asOf()))
                    .mapToLong(Taken::quantity)
                    .sum();
            entries.add(new Entry(
                    "takeover/" + account + "/" + item,
                    StockAt.own(item, warehouse),
                    MovementKind.IMPORT,
                    new Change.First(shown.quantity() + before),
                    Cause.of(actor, reason(shown, before))));
        });
        return entries;
    }

    private static String reason(Shown shown, long before) {
        var listing = "shown by listing " + shown.listing().externalId() + " at " + shown.asOf();
        return before == 0 ? listing : listing + ", and " + before + " sold shortly before";
    }
}
