package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * When people buy in a shop: by day and night of its own time zone, by the day of the week, with holidays, campaigns and what
 * follows them, as the shop grows, and with days that are better or worse for no reason. The same seed, the same orders.
 *
 * @param perDay orders of a usual day
 * @param weekly how the shop grows from week to week; 1 for not at all
 * @param opened before, nobody bought
 * @param days what is different about some days: 0 where the shop is closed, 3 where it sells three times as much
 */
record Season(double perDay, double weekly, Instant opened, Map<LocalDate, Double> days) {

    static final ZoneId ZONE = ZoneId.of("Europe/Warsaw");

    private static final double[] HOURS = {
        0.5, 0.25, 0.12, 0.07, 0.06, 0.12, 0.3, 0.6, 0.9, 1.2, 1.4, 1.4, 1.35, 1.3, 1.25, 1.2, 1.25, 1.35, 1.5, 1.75,
        1.9, 1.75, 1.3, 0.85
    };

    private static final double[] WEEKDAYS = {1.1, 1.05, 1.0, 1.0, 0.9, 0.8, 1.15};

    static Season of(double perDay, Instant opened) {
        return new Season(perDay, 1, opened, Map.of());
    }

    Season growing(double factor) {
        return new Season(perDay, factor, opened, days);
    }

    Season on(LocalDate first, int howMany, double factor) {
        var more = new HashMap<>(days);
        for (int day = 0; day < howMany; day++) {
            more.put(first.plusDays(day), factor);
        }
        return new Season(perDay, weekly, opened, more);
    }

    boolean isClosed(Instant at) {
        return days.getOrDefault(LocalDate.ofInstant(at, ZONE), 1.0) == 0;
    }

    List<Instant> orders(Instant until, Random random) {
        var orders = new ArrayList<Instant>();
        var luck = new HashMap<LocalDate, Double>();
        for (var hour = opened.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(until);
                hour = hour.plus(Duration.ofHours(1))) {
            var day = LocalDate.ofInstant(hour, ZONE);
            var lucky = luck.computeIfAbsent(day, _ -> Math.exp(0.15 * random.nextGaussian()));
            var count = poisson(usual(hour) * lucky * Math.exp(0.2 * random.nextGaussian()), random);
            for (int order = 0; order < count; order++) {
                orders.add(hour.plusMillis((long) (random.nextDouble() * 3_600_000)));
            }
        }
        orders.sort(null);
        return orders;
    }

    private double usual(Instant hour) {
        var local = hour.atZone(ZONE);
        var week = Duration.between(opened, hour).toHours() / 168.0;
        return perDay
                / 24
                * HOURS[local.getHour()]
                * WEEKDAYS[local.getDayOfWeek().getValue() - 1]
                * Math.pow(weekly, week)
                * days.getOrDefault(local.toLocalDate(), 1.0);
    }

    private static int poisson(double mean, Random random) {
        int count = 0;
        for (double left = mean; ; count++) {
            left += Math.log(1 - random.nextDouble());
            if (left < 0) {
                return count;
            }
        }
    }
}
