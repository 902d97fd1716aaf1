package dev.kontor.inventory.ledger;

import org.jspecify.annotations.Nullable;

import dev.kontor.orders.OrderId;

/**
 * Who moved something and why.
 *
 * @param actor who said so: a user or key by its id, or a part of Kontor
 * @param order whose line moved it, if one did
 */
public record Cause(
        String actor,
        String reason,
        @Nullable OrderId order,
        @Nullable String line) {

    public static Cause of(String actor, String reason) {
        return new Cause(actor, reason, null, null);
    }
}
