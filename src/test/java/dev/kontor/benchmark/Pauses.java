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
 * How long the marketplaces themselves keep a sale from being told to the others, had Kontor no need of time: each order
 * is read, each zero written and each of them read back in the order of the sales, as fast as the limits of these calls
 * permit and not before what is read can be told by. Kontor needs some calls more, so this is too little rather than too much.
 */
final class Pauses {

    /** Wix's query may be so old; a zero that it shows earlier may be the one before. */
    private static final double WIXS_LAG = 10;

    private final Map<String, Double> seconds = new HashMap<>();

    /** @param at seconds since any moment */
    record Sale(String sku, String marketplace, double at) {}

    private record Zero(String sku, double known, double sold) {}

    private record Limits(Permits order, Permits write, Permits reading, double lag) {

        private static Limits of(String marketplace, boolean limited) {
            var lag = marketplace.equals(WIX) ? WIXS_LAG : 0;
            if (!limited) {
                return new Limits(Permits.unlimited(), Permits.unlimited(), Permits.unlimited(), lag);
            }
            return switch (marketplace) {
                case ALLEGRO -> new Limits(Permits.of(150, 147), Permits.of(60, 40.3), Permits.of(100, 114), lag);
                case WIX -> // a hundred listings a write, and a reading
                    new Limits(Permits.of(20, 2.93), Permits.unlimited(), Permits.unlimited(), lag);
                case AMAZON -> new Limits(Permits.of(30, 0.5), Permits.of(5, 5), Permits.of(10, 5), lag);
                default -> throw new IllegalArgumentException(marketplace);
            };
        }
    }

    Pauses(List<Sale> sales, boolean limited) {
        var limits = new HashMap<String, Limits>();
        ThreeAccounts.ALL.forEach(marketplace -> limits.put(marketplace, Limits.of(marketplace, limited)));
        var known = sales.stream()
                .sorted(Comparator.comparingDouble(Sale::at))
                .map(sale ->
                        Map.entry(sale, limits.get(sale.marketplace()).order().next(sale.at())))
                .toList();
        for (var target : ThreeAccounts.ALL) {
            known.stream()
                    .filter(it -> !it.getKey().marketplace().equals(target))
                    .map(it -> new Zero(
                            it.getKey().sku(), it.getValue(), it.getKey().at()))
                    .sorted(Comparator.comparingDouble(Zero::known))
                    .forEach(zero -> seconds.put(key(zero.sku(), target), pause(zero, limits.get(target))));
        }
    }

    private static double pause(Zero zero, Limits limits) {
        return limits.reading().next(limits.write().next(zero.known())) + limits.lag() - zero.sold();
    }

    /** From the sale to the earliest proof. */
    double of(String sku, String target) {
        return seconds.get(key(sku, target));
    }

    private static String key(String sku, String target) {
        return target + " " + sku;
    }
}
