package dev.kontor.marketplaces.allegro;

import java.util.Set;

/** The types of events that Allegro documents. Which one it is decides nothing: the order is read again anyway. */
final class AllegroEvents {

    static final Set<String> KNOWN = Set.of(
            "BOUGHT",
            "FILLED_IN",
            "READY_FOR_PROCESSING",
            "BUYER_CANCELLED",
            "BUYER_MODIFIED",
            "FULFILLMENT_STATUS_CHANGED",
            "AUTO_CANCELLED");

    private AllegroEvents() {}
}
