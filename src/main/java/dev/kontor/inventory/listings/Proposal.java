package dev.kontor.inventory.listings;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

/** That a listing sells an item, and why one might think so. */
public record Proposal(
        UUID id,
        ListingId listing,
        ItemId item,
        String evidence,
        State state,
        @Nullable String decidedBy,
        Instant proposedAt,
        @Nullable Instant decidedAt) {

    public enum State {
        OPEN,
        /** By a person, or by Kontor where only one item could be meant. */
        ACCEPTED,
        REJECTED
    }
}
