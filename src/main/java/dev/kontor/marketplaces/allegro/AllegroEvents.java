package dev.kontor.marketplaces.allegro;

import java.util.Set;

/** The types of events that Allegro documents. Whichever it is, the order is read again; some are first signs of a sale. */
final class AllegroEvents {

    static final Set<String> KNOWN = Set.of(
            "BOUGHT",
            "FILLED_IN",
            "READY_FOR_PROCESSING",
            "BUYER_CANCELLED",
            "BUYER_MODIFIED",
            "FULFILLMENT_STATUS_CHANGED",
            "AUTO_CANCELLED");

    /** After these the goods are to be kept. What was cancelled is told by other types. */
    static final Set<String> OF_SALES = Set.of("BOUGHT", "FILLED_IN", "READY_FOR_PROCESSING");

    private AllegroEvents() {}
}
