package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import dev.kontor.SettableClock;
import dev.kontor.operations.Verdict;
import dev.kontor.operations.silence.SimulatedShop.Trouble;

/**
 * Thirteen weeks of a few shops, from mid-September to mid-December, after twelve that the archive knows: the end of summer time,
 * holidays on which some are closed and others sell three times as much, a campaign with a slump behind it, one shop that grows,
 * one that shrinks, one that opens. What is wrong is wrong on purpose, and at known times.
 */
final class Quarter {

    static final Instant BEGIN = Instant.parse("2026-09-14T00:00:00Z");
    static final int WEEKS = 13;
    static final Instant END = BEGIN.plus(Duration.ofDays(7 * WEEKS));

    /** Nothing is expected to be fine at once when a trouble is over. */
    private static final Duration RECOVERY = Duration.ofHours(1);

    private static final Duration A_HOLIDAY = Duration.ofHours(72);

    /** @param shop whose trouble it is */
    record Planned(SimulatedShop shop, Trouble trouble, Instant from, Instant to) {}

    /** How a trouble was found. @param shown when it could be noticed; @param found when it was, and as what */
    record Found(Planned planned, Instant shown, Instant found, Verdict as, Instant told) {}

    final String name;
    final List<SimulatedShop> shops;
    final List<Planned> planned = new ArrayList<>();
    final List<Found> found = new ArrayList<>();
    final Map<Long, Integer> falseAlarms = new TreeMap<>();
    final List<String> falseOnes = new ArrayList<>();
    final Map<SimulatedShop, Integer> notices = new LinkedHashMap<>();
    final Map<SimulatedShop, Integer> confusions = new LinkedHashMap<>();

    /** The hardest to understand: one rests on holidays, one has campaigns, one has no past. */
    static Quarter ofFew(long seed) {
        return new Quarter(
                seed,
                Set.of("20 a day, closed on holidays", "1000 a day, campaigns", "50 a day, opened in the fourth week"));
    }

    static Quarter ofAll(long seed) {
        return new Quarter(seed, Set.of());
    }

    /** @param only those of these names; none means all */
    private Quarter(long seed, Set<String> only) {
        name = seed + "-of-" + (only.isEmpty() ? "all" : only.size());
        var random = new Random(seed);
        var history = SimulatedShops.FIRST;
        var national = LocalDate.of(2026, 11, 11);
        var allSaints = LocalDate.of(2026, 11, 1);
        var friday = LocalDate.of(2026, 11, 27);
        var seasons = new LinkedHashMap<String, Season>();
        seasons.put("3 a day", Season.of(3, history).on(allSaints, 1, 0).on(national, 1, 3));
        seasons.put(
                "20 a day, closed on holidays",
                Season.of(20, history)
                        .on(LocalDate.of(2026, 10, 3), 2, 0)
                        .on(allSaints, 1, 0)
                        .on(national, 1, 0));
        seasons.put(
                "100 a day, grows by 5 % a week",
                Season.of(100, history).growing(1.05).on(national, 1, 3));
        seasons.put(
                "600 a day, shrinks by 4 % a week",
                Season.of(600, history).growing(0.96).on(allSaints, 1, 0.3));
        seasons.put(
                "1000 a day, campaigns",
                Season.of(1000, history)
                        .on(LocalDate.of(2026, 10, 8), 3, 5)
                        .on(LocalDate.of(2026, 10, 11), 4, 0.4)
                        .on(friday, 3, 5)
                        .on(friday.plusDays(3), 4, 0.4));
        seasons.put(
                "3000 a day",
                Season.of(3000, history)
                        .on(allSaints, 1, 0)
                        .on(national, 1, 3)
                        .on(friday, 3, 5)
                        .on(friday.plusDays(3), 4, 0.5));
        seasons.put("50 a day, opened in the fourth week", Season.of(50, BEGIN.plus(Duration.ofDays(22))));
        shops = seasons.entrySet().stream()
                .filter(it -> only.isEmpty() || only.contains(it.getKey()))
                .map(it -> new SimulatedShop(it.getKey(), it.getValue(), BEGIN, END, random))
                .toList();
        shops.forEach(shop -> plan(shop, random));
    }

    /** Each kind twice, some days apart; and on Sunday nights the marketplace rests for less than an hour. */
    private void plan(SimulatedShop shop, Random random) {
        var troubles =
                List.of(Trouble.FROZEN, Trouble.LOSING, Trouble.DOWN, Trouble.DOWN, Trouble.LOSING, Trouble.FROZEN);
        for (int number = 0; number < troubles.size(); number++) {
            var trouble = troubles.get(number);
            var from = BEGIN.plus(Duration.ofDays(14 * number + 1 + random.nextInt(4)))
                    .plus(Duration.ofMinutes(random.nextInt(24 * 60)));
            if (!from.isBefore(shop.season.opened())) {
                planned.add(new Planned(
                        shop, trouble, from, from.plus(Duration.ofHours(trouble == Trouble.DOWN ? 8 : 30))));
            }
        }
        for (int week = 0; week < WEEKS; week++) {
            var night = BEGIN.plus(Duration.ofDays(7 * week + 6)).plus(Duration.ofHours(1));
            var rest = new Planned(shop, Trouble.DOWN, night, night.plus(Duration.ofMinutes(10 + random.nextInt(50))));
            if (planned.stream()
                    .noneMatch(it ->
                            it.shop == shop && it.from.isBefore(rest.to) && rest.from.isBefore(it.to.plus(RECOVERY)))) {
                planned.add(rest);
            }
        }
    }

    int troubles() {
        return (int) planned.stream().filter(it -> !isRest(it)).count();
    }

    private static boolean isRest(Planned planned) {
        return Duration.between(planned.from, planned.to).compareTo(Duration.ofHours(2)) < 0;
    }

    private static final class Open {
        private final Planned planned;
        private Instant shown;
        private Instant found;
        private Verdict as;
        private Instant told;

        Open(Planned planned) {
            this.planned = planned;
        }
    }

    void play(SettableClock clock, Watch watch, Silences silences) {
        var open = new LinkedHashMap<SimulatedShop, Open>();
        var calm = new LinkedHashMap<SimulatedShop, Instant>();
        var before = new LinkedHashMap<SimulatedShop, Silence>();
        int step = 0;
        for (var now = clock.instant(); now.isBefore(END); now = clock.instant()) {
            for (var shop : shops) {
                var running = running(shop, now);
                shop.trouble = running == null ? Trouble.NONE : running.trouble;
                shop.goOn(now);
                if (step % 24 == 23) {
                    shop.prove();
                }
                var known = open.get(shop);
                if (running != null && (known == null || known.planned != running)) {
                    open.put(shop, new Open(running));
                } else if (running == null && known != null) {
                    close(known);
                    open.remove(shop);
                    calm.put(shop, now);
                }
            }
            watch.due().forEach(Runnable::run);
            for (var silence : silences.list(null, null, 100)) {
                var shop = shops.stream()
                        .filter(it -> it.account.equals(silence.account()))
                        .findFirst()
                        .orElseThrow();
                see(
                        shop,
                        silence,
                        before.put(shop, silence),
                        open.get(shop),
                        calm.getOrDefault(shop, Instant.EPOCH),
                        now);
            }
            step++;
            clock.advance(SimulatedShops.INTERVAL);
        }
    }

    private Planned running(SimulatedShop shop, Instant now) {
        return planned.stream()
                .filter(it -> it.shop == shop && !now.isBefore(it.from) && now.isBefore(it.to))
                .findFirst()
                .orElse(null);
    }

    private void close(Open known) {
        if (!isRest(known.planned)) {
            found.add(new Found(known.planned, known.shown, known.found, known.as, known.told));
        }
    }

    private void see(SimulatedShop shop, Silence now, Silence before, Open open, Instant calm, Instant at) {
        var verdict = now.judgement().verdict();
        if (open == null) {
            seeCalm(shop, now, before, calm, at);
            return;
        }
        if (open.shown == null && shows(shop, open.planned.trouble)) {
            open.shown = at;
        }
        if (open.found == null && (verdict == Verdict.PIPE_BROKEN || verdict == Verdict.MARKETPLACE_DOWN)) {
            open.found = at;
            open.as = verdict;
        }
        if (open.told == null && isTold(now, at)) {
            open.told = at;
            if (isRest(open.planned) && !wasTold(before, at)) {
                blame(shop, now, at); // nobody wants to be woken for a rest
            }
        }
    }

    /** Whether there is anything to be noticed so far. */
    private static boolean shows(SimulatedShop shop, Trouble trouble) {
        return switch (trouble) {
            case NONE -> false;
            case DOWN -> true;
            case FROZEN -> shop.isBehind();
            case LOSING -> shop.overdue() != null;
        };
    }

    private void seeCalm(SimulatedShop shop, Silence now, Silence before, Instant calm, Instant at) {
        if (at.isBefore(calm.plus(RECOVERY)) || shop.overdue() != null) {
            return;
        }
        if (isTold(now, at) && !wasTold(before, at)) {
            blame(shop, now, at);
        }
        if (now.judgement().silent() && (before == null || !before.judgement().silent())) {
            (shop.season.isClosed(at.minus(Duration.ofHours(2))) || shop.season.isClosed(at) ? confusions : notices)
                    .merge(shop, 1, Integer::sum);
        }
    }

    private static boolean wasTold(Silence before, Instant at) {
        return before != null && isTold(before, at.minus(SimulatedShops.INTERVAL));
    }

    private void blame(SimulatedShop shop, Silence silence, Instant at) {
        falseAlarms.merge(Duration.between(BEGIN, at).toDays() / 7, 1, Integer::sum);
        falseOnes.add(at + " " + shop.name + " " + silence);
    }

    private static boolean isTold(Silence silence, Instant at) {
        var finding = silence.finding();
        return finding.isBroken() || finding.isMissed(at, A_HOLIDAY);
    }

    /** For people to read. */
    String figures() {
        var text = new StringBuilder();
        text.append("false alarms by week: ").append(falseAlarms).append('\n');
        falseOnes.forEach(one -> text.append("  ").append(one).append('\n'));
        for (var shop : shops) {
            text.append(shop.name)
                    .append(": ")
                    .append(shop.placed.size())
                    .append(" orders; found strange by chance ")
                    .append(notices.getOrDefault(shop, 0))
                    .append(", because it was closed ")
                    .append(confusions.getOrDefault(shop, 0))
                    .append('\n');
            found.stream()
                    .filter(it -> it.planned.shop == shop)
                    .forEach(it -> text.append("  ")
                            .append(it.planned.trouble)
                            .append(" from ")
                            .append(it.planned.from.atZone(Season.ZONE).toLocalDateTime())
                            .append(": could be noticed after ")
                            .append(after(it.planned.from, it.shown))
                            .append(", found ")
                            .append(after(it.shown, it.found))
                            .append(" later as ")
                            .append(it.as)
                            .append(", told after ")
                            .append(after(it.planned.from, it.told))
                            .append('\n'));
        }
        return text.toString();
    }

    private static String after(Instant from, Instant to) {
        return from == null || to == null ? "never" : Duration.between(from, to).toMinutes() + " min";
    }
}
