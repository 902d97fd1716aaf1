package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * How many orders an account usually gets in each hour of the week, in the time of its market, and how unlikely it is that
 * none comes for a while.
 *
 * <p>The usual number is a mean over twelve weeks in which newer weeks weigh more, and in which no hour counts for much more
 * than its median, so that a campaign is not what is expected the week after. How the last days went compared with that is
 * followed by the Poisson-gamma local level model with discounting of Harvey and Fernandes (Time series models for count or
 * qualitative observations, Journal of Business and Economic Statistics 7, 1989): a gamma distribution of the level, which
 * each hour learns and forgets a little, and whose shape is bounded, so that it never believes itself surer than hours of the
 * same shop differ. The number of orders in a stretch ahead is then negative-binomial, and the chance of none is
 * {@code (1 + mean / shape) ^ -shape}. The level lowers what is expected and never raises it: after a campaign nobody waits for
 * its orders. It is taken from before the stretch, so that silence never becomes what is usual.
 */
final class Rhythm {

    static final Duration LEARNT_FROM = Duration.ofDays(12 * 7);

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int HOURS_OF_WEEK = 7 * 24;
    private static final Duration LEAST = WEEK.multipliedBy(2);
    private static final double WEEK_LATER = 0.85;

    private static final Duration LEVEL_FROM = Duration.ofDays(14);
    private static final double HOUR_LATER = Math.pow(0.5, 1 / 72.0);
    private static final double MOST_SHAPE = 8;

    /** Of what lies longer back nobody can say what would have been usual. */
    private static final Duration LONGEST = Duration.ofDays(28);

    private final SortedMap<Instant, Integer> sold;
    private final ZoneId zone;
    private final Instant begun;
    private final Instant until;
    private final double[] usual;

    /**
     * @param sold orders by the beginning of the hour; those without any may be missing
     * @param until up to when they are complete
     */
    Rhythm(SortedMap<Instant, Integer> sold, Instant until, ZoneId zone) {
        this.sold = sold;
        this.zone = zone;
        this.until = until.truncatedTo(ChronoUnit.HOURS);
        this.begun = sold.isEmpty() ? this.until : sold.firstKey();
        this.usual = usual();
    }

    /** Whether the account was seen for long enough to expect anything. */
    boolean isKnown() {
        return Duration.between(begun, until).compareTo(LEAST) >= 0;
    }

    /** Orders of a usual week. */
    double week() {
        return IntStream.range(0, HOURS_OF_WEEK)
                .mapToDouble(hour -> usual[hour])
                .sum();
    }

    /**
     * @param expected how many orders should have come
     * @param chance of none nevertheless
     */
    record Stretch(double expected, double chance) {}

    /** What to think of no order between these moments. */
    Stretch without(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return new Stretch(0, 1);
        }
        var earliest = to.minus(LONGEST);
        var level = Level.before(from, this);
        var expected =
                usualBetween(from.isBefore(earliest) ? earliest : from, to) * Math.min(1, level.orders / level.usual);
        var shape = Math.min(level.orders, MOST_SHAPE);
        return new Stretch(expected, Math.pow(1 + expected / shape, -shape));
    }

    double usualBetween(Instant from, Instant to) {
        double sum = 0;
        for (var at = from; at.isBefore(to); ) {
            var next = at.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
            var end = next.isBefore(to) ? next : to;
            sum += usual[hourOfWeek(at)] * Duration.between(at, end).toMillis() / HOUR.toMillis();
            at = end;
        }
        return sum;
    }

    /** What was sold is {@code orders} where {@code usual} would have been usual, the latest hours counting most. */
    private static final class Level {

        private double orders = 1;
        private double usual = 1;

        static Level before(Instant end, Rhythm rhythm) {
            var level = new Level();
            var last = end.isBefore(rhythm.until) ? end.truncatedTo(ChronoUnit.HOURS) : rhythm.until;
            var first = last.minus(LEVEL_FROM);
            var at = first.isBefore(rhythm.begun) ? rhythm.begun : first;
            for (; at.isBefore(last); at = at.plus(HOUR)) {
                level.learn(rhythm.sold.getOrDefault(at, 0), rhythm.usual[rhythm.hourOfWeek(at)]);
            }
            return level;
        }

        private void learn(int sold, double wasUsual) {
            orders = orders * HOUR_LATER + sold;
            usual = usual * HOUR_LATER + wasUsual;
            if (orders > MOST_SHAPE) {
                usual *= MOST_SHAPE / orders;
                orders = MOST_SHAPE;
            }
        }
    }

    private double[] usual() {
        var byHour = IntStream.range(0, HOURS_OF_WEEK)
                .mapToObj(hour -> new ArrayList<Seen>())
                .toList();
        for (var at = begun; at.isBefore(until); at = at.plus(HOUR)) {
            var weeksAgo = Duration.between(at, until).minusNanos(1).toDays() / 7;
            byHour.get(hourOfWeek(at)).add(new Seen(sold.getOrDefault(at, 0), Math.pow(WEEK_LATER, weeksAgo)));
        }
        return byHour.stream().mapToDouble(Rhythm::mean).toArray();
    }

    private record Seen(int orders, double weight) {}

    private static double mean(List<Seen> seen) {
        if (seen.isEmpty()) {
            return 0;
        }
        var most = 2 * median(seen) + 3;
        var weight = seen.stream().mapToDouble(Seen::weight).sum();
        return seen.stream()
                        .mapToDouble(it -> it.weight() * Math.min(it.orders(), most))
                        .sum()
                / weight;
    }

    private static double median(List<Seen> seen) {
        var sorted = seen.stream().mapToInt(Seen::orders).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private int hourOfWeek(Instant at) {
        var local = at.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }
}
