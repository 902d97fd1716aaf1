package dev.kontor.inventory.publication;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.publication.Street.Stall;

/** What a shop offers. */
final class Offer {

    final Stall stall;
    final Listing listing;

    /** How many units of an item buyers get with one. */
    final Map<ItemId, Long> each;

    /** By how much it can sell more than Kontor can know, because of somebody's hand. */
    long byHand;

    Instant byHandAt = Instant.EPOCH;

    @Nullable
    Instant putBackAt;

    Offer(Stall stall, Listing listing, Map<ItemId, Long> each) {
        this.stall = stall;
        this.listing = listing;
        this.each = each;
    }

    String id() {
        return listing.externalId();
    }

    long unitsOf(ItemId item) {
        return each.getOrDefault(item, 0L);
    }

    int shown() {
        return stall.shop().shown(id());
    }

    @Override
    public String toString() {
        return stall.trade() + " " + id().substring(0, 14) + each.values();
    }
}
