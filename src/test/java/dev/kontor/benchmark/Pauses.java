package dev.kontor.benchmark;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.kontor.ThreeAccounts;

import static dev.kontor.ThreeAccounts.ALLEGRO;
import static dev.kontor.ThreeAccounts.AMAZON;
import static dev.kontor.ThreeAccounts.WIX;

/**
 * How long the marketplaces themselves keep a sale from being told to the others, had Kontor no need of time: news of it
 * tells what was sold, each zero is written and each of them read back in the order of the sales, as fast as the limits of
 * these calls permit and not before what is read can be told by. Kontor needs some calls more, so this is too little rather
 * than too much.
 */
final class Pauses {

    /** Wix's query may be so old; a zero that it shows earlier may be the one before. */
    private static final double WIXS_LAG = 10;

    private final Map<String, Pause> pauses = new HashMap<>();

    /** Seconds from the sale. */
    private record Pause(double write, double proof) {}

    /** @param at seconds since any moment */
    record Sale(String sku, String marketplace, double at) {}

    private record Limits(Permits write, Permits reading, double lag) {

        private static Limits of(String marketplace, boolean limited) {
            var lag = marketplace.equals(WIX) ? WIXS_LAG : 0;
            if (!limited) {
                return new Limits(Permits.unlimited(), Permits.unlimited(), lag);
            }
            return switch (marketplace) {
                case ALLEGRO -> new Limits(Permits.of(60, 40.3), Permits.of(100, 114), lag);
                case WIX -> new Limits(Permits.unlimited(), Permits.unlimited(), lag); // a hundred listings a call
                case AMAZON -> new Limits(Permits.of(5, 5), Permits.of(10, 5), lag);
                default -> throw new IllegalArgumentException(marketplace);
            };
        }
    }

    Pauses(List<Sale> sales, boolean limited) {
        var limits = new HashMap<String, Limits>();
        ThreeAccounts.ALL.forEach(marketplace -> limits.put(marketplace, Limits.of(marketplace, limited)));
        var inOrder =
                sales.stream().sorted(Comparator.comparingDouble(Sale::at)).toList();
        for (var target : ThreeAccounts.ALL) {
            inOrder.stream()
                    .filter(sale -> !sale.marketplace().equals(target))
                    .forEach(sale -> pauses.put(key(sale.sku(), target), pause(sale, limits.get(target))));
        }
    }

    private static Pause pause(Sale sale, Limits limits) {
        var write = limits.write().next(sale.at());
        return new Pause(write - sale.at(), limits.reading().next(write) + limits.lag() - sale.at());
    }

    /** Seconds from the sale to the moment at which a limit lets the zero be written. */
    double toWrite(String sku, String target) {
        return pauses.get(key(sku, target)).write();
    }

    /** Seconds from the sale to the earliest proof. */
    double of(String sku, String target) {
        return pauses.get(key(sku, target)).proof();
    }

    private static String key(String sku, String target) {
        return target + " " + sku;
    }
}
