package dev.kontor.inventory.allocation;

import java.time.Duration;
import java.util.List;

import dev.kontor.inventory.ItemId;

/**
 * When there is so little of an item that it could be sold twice: as long as news of a sale is on its way, the others go
 * on selling.
 */
final class Scarcity {

    private static final long UNITS_A_LISTING = 3;

    /** Of a Poisson process; more are sold in the time in one of a thousand cases. */
    private static final double DEVIATIONS = 3;

    /** Once scarce, there must be so many times more before there is plenty again. */
    private static final long RELIEF = 2;

    private Scarcity() {}

    /** @param takers of the item */
    static boolean of(ItemId item, long available, List<Offered> takers) {
        var guarded = takers.stream().allMatch(Offered::guarded);
        return available <= limit(item, takers) * (guarded ? RELIEF : 1);
    }

    static long limit(ItemId item, List<Offered> takers) {
        var delay = takers.stream().map(Offered::delay).max(Duration::compareTo).orElse(Duration.ZERO);
        var hours = delay.toMillis() / (double) Duration.ofHours(1).toMillis();
        var expected = 0.0;
        var variance = 0.0;
        var least = 0L;
        for (var taker : takers) {
            var each = taker.each().getOrDefault(item, 0L);
            expected += taker.perHour() * hours * each;
            variance += taker.perHour() * hours * each * each;
            least += UNITS_A_LISTING * each;
        }
        return Math.max(least, (long) Math.ceil(expected + DEVIATIONS * Math.sqrt(variance)));
    }
}
