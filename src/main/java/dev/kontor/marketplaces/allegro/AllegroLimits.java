package dev.kontor.marketplaces.allegro;

import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.exchange.Budget;
import dev.kontor.marketplaces.exchange.Limit;

/**
 * What Allegro permits the programs of one seller, beside what it permits an application. Burst and pace together stay
 * below the limit in any stretch of its time; an hour's budget begins full, or every start would be followed by a crawl.
 */
final class AllegroLimits {

    /** Commands are of at most this many offers, so that their budget need not save up long for one. */
    static final int OFFERS_OF_A_COMMAND = 250;

    private static final Limit EDITS = new Limit(60, 2_420); // of 2 490
    private static final Limit EDITS_AN_HOUR = new Limit(12_000, 1_040, true); // of 74 700
    private static final Limit OFFERS = new Limit(60, 3_420); // of 3 500
    private static final Limit CHANGES = new Limit(450, 8_500); // of 9 000
    private static final Limit CHANGES_AN_HOUR = new Limit(10_000, 4_000, true); // of 250 000

    private AllegroLimits() {}

    static Budget[] edits(Connection connection) {
        return new Budget[] {
            of("offer-edits", connection, EDITS, 1), of("offer-edits-hourly", connection, EDITS_AN_HOUR, 1)
        };
    }

    /** They count offers, not commands. */
    static Budget[] changes(Connection connection, int offers) {
        return new Budget[] {
            of("quantity-changes", connection, CHANGES, offers),
            of("quantity-changes-hourly", connection, CHANGES_AN_HOUR, offers)
        };
    }

    static Budget offers(Connection connection) {
        return of("offers", connection, OFFERS, 1);
    }

    private static Budget of(String name, Connection connection, Limit limit, int cost) {
        return new Budget(name, connection.account().toString(), limit, cost);
    }
}
