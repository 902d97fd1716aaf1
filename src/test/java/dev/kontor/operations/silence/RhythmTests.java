package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RhythmTests {

    private static final Instant MONDAY = Instant.parse("2026-09-07T00:00:00Z");
    private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

    /** Of so many days that end at {@code until}. */
    private static Rhythm learnt(int days, Instant until, ZoneId zone, ToIntFunction<Instant> orders) {
        var sold = new TreeMap<Instant, Integer>();
        for (var hour = until.minus(Duration.ofDays(days));
                hour.isBefore(until);
                hour = hour.plus(Duration.ofHours(1))) {
            if (orders.applyAsInt(hour) > 0) {
                sold.put(hour, orders.applyAsInt(hour));
            }
        }
        return new Rhythm(sold, until, zone);
    }

    private static int byDay(Instant hour) {
        var local = hour.atZone(ZoneOffset.UTC).getHour();
        return local >= 8 && local < 20 ? 10 : 0;
    }

    @Test
    void saysNothingOfAnAccountThatItHasNotSeenForTwoWeeks() {
        assertThat(learnt(13, MONDAY, ZoneOffset.UTC, RhythmTests::byDay).isKnown())
                .isFalse();
        assertThat(learnt(15, MONDAY, ZoneOffset.UTC, RhythmTests::byDay).isKnown())
                .isTrue();
        assertThat(learnt(0, MONDAY, ZoneOffset.UTC, RhythmTests::byDay).isKnown())
                .isFalse();
    }

    @Test
    void expectsNothingAtNightAndMuchByDay() {
        var rhythm = learnt(84, MONDAY, ZoneOffset.UTC, RhythmTests::byDay);

        assertThat(rhythm.without(MONDAY, MONDAY.plus(Duration.ofHours(8)))).isEqualTo(new Rhythm.Stretch(0, 1));
        var morning = rhythm.without(MONDAY, MONDAY.plus(Duration.ofHours(10)));
        assertThat(morning.expected()).isCloseTo(20, within(2.0));
        assertThat(morning.chance()).isLessThan(0.001);
        assertThat(rhythm.week()).isCloseTo(7 * 120, within(1.0));
    }

    @Test
    void theChanceFallsWithTimeAndIsNeverHigherForMore() {
        var rhythm = learnt(84, MONDAY, ZoneOffset.UTC, _ -> 3);
        double last = 1;
        for (int minutes = 5; minutes < 3_000; minutes += 5) {
            var chance = rhythm.without(MONDAY, MONDAY.plus(Duration.ofMinutes(minutes)))
                    .chance();
            assertThat(chance).isBetween(0.0, last);
            last = chance;
        }
    }

    @Test
    void isSurerThanAShopsHoursDifferOnlyByAsMuchAsItHasSeen() {
        var few = learnt(
                84, MONDAY, ZoneOffset.UTC, hour -> hour.atZone(ZoneOffset.UTC).getHour() == 12 ? 1 : 0);
        var many = learnt(84, MONDAY, ZoneOffset.UTC, _ -> 100);
        var expected = 5.0;

        var ofFew = few.without(MONDAY, MONDAY.plus(Duration.ofDays(5)));
        var ofMany = many.without(MONDAY, MONDAY.plus(Duration.ofMinutes(3)));

        assertThat(ofFew.expected()).isCloseTo(expected, within(1.5));
        assertThat(ofMany.expected()).isCloseTo(expected, within(0.5));
        assertThat(ofMany.chance()).as("a Poisson law would be far surer").isGreaterThan(Math.exp(-5.5));
        assertThat(ofFew.chance()).isGreaterThan(ofMany.chance());
    }

    @Test
    void goesByTheClockOfTheMarketWhenSummerTimeEnds() {
        var until = Instant.parse("2026-10-24T22:00:00Z"); // midnight before the clock goes back
        var rhythm = learnt(84, until, WARSAW, hour -> hour.atZone(WARSAW).getHour() == 8 ? 10 : 0);
        var after = Instant.parse("2026-10-26T00:00:00Z");

        assertThat(rhythm.usualBetween(after.plus(Duration.ofHours(6)), after.plus(Duration.ofHours(7))))
                .isZero();
        assertThat(rhythm.usualBetween(after.plus(Duration.ofHours(7)), after.plus(Duration.ofHours(8))))
                .isCloseTo(10, within(0.1));
    }

    @Test
    void aCampaignIsNotWhatIsExpectedTheWeekAfter() {
        var campaign = MONDAY.minus(Duration.ofDays(7));
        var rhythm = learnt(84, MONDAY, ZoneOffset.UTC, hour -> hour.isBefore(campaign) ? 10 : 100);

        assertThat(rhythm.usualBetween(MONDAY, MONDAY.plus(Duration.ofHours(1))))
                .isLessThan(14);
    }

    @Test
    void followsAShopThatHasBecomeQuieterAndDoesNotWaitForMoreThanUsual() {
        var lately = MONDAY.minus(Duration.ofDays(1));
        var usual = learnt(84, MONDAY, ZoneOffset.UTC, _ -> 20);
        var quieter = learnt(84, MONDAY, ZoneOffset.UTC, hour -> hour.isBefore(lately) ? 20 : 2);
        var busier = learnt(84, MONDAY, ZoneOffset.UTC, hour -> hour.isBefore(lately) ? 20 : 100);
        var hour = MONDAY.plus(Duration.ofHours(1));

        assertThat(quieter.without(MONDAY, hour).expected()).isLessThan(4);
        assertThat(busier.without(MONDAY, hour).expected())
                .isCloseTo(usual.without(MONDAY, hour).expected(), within(8.0));
    }

    @Test
    void silenceItselfIsNotWhatBecomesUsual() {
        var silence = MONDAY.minus(Duration.ofHours(30));
        var rhythm = learnt(84, MONDAY, ZoneOffset.UTC, hour -> hour.isBefore(silence) ? 20 : 0);

        assertThat(rhythm.without(silence, MONDAY).chance()).isLessThan(1e-9);
    }
}
