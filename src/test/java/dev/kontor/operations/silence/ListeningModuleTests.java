package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.PublishedEvents;

import dev.kontor.SettableClock;
import dev.kontor.operations.SilenceJudged;
import dev.kontor.operations.Verdict;
import dev.kontor.operations.silence.SimulatedShop.Trouble;

import static org.assertj.core.api.Assertions.assertThat;

/** One look after another, and two at once. */
@SilenceModuleTest
class ListeningModuleTests {

    @Autowired
    SimulatedShops shops;

    @Autowired
    SettableClock clock;

    @Autowired
    Watch watch;

    @Autowired
    Silences silences;

    @Autowired
    JdbcClient jdbc;

    private SimulatedShop shop;

    @BeforeEach
    void open() {
        var tomorrow = clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        clock.advance(Duration.between(clock.instant(), tomorrow));
        shop = aShop();
        shops.open(List.of(shop));
    }

    private SimulatedShop aShop() {
        var now = clock.instant();
        var season = Season.of(2_000, now.minus(Duration.ofDays(40)));
        return new SimulatedShop("Cups", season, now, now.plus(Duration.ofDays(3)), new Random(5));
    }

    private void pass() {
        clock.advance(SimulatedShops.INTERVAL);
        shop.goOn(clock.instant());
    }

    private void step() {
        pass();
        watch.due().forEach(Runnable::run);
    }

    private Silence silence() {
        return silences.list(shop.account.value(), null, 1).getFirst();
    }

    private void until(Verdict verdict, int mostSteps) {
        for (int step = 0; step < mostSteps; step++) {
            step();
            if (silence().judgement().verdict() == verdict) {
                return;
            }
        }
        assertThat(silence().judgement().verdict()).isEqualTo(verdict);
    }

    @Test
    void tellsWhenItsVerdictChangesAndOnlyThen(PublishedEvents events) {
        step();
        step();
        step();

        assertThat(events.ofType(SilenceJudged.class)
                        .matching(it -> it.account().equals(shop.account)))
                .singleElement()
                .satisfies(it -> assertThat(it.verdict()).isEqualTo(Verdict.FLOWING));
    }

    @Test
    void aFeedThatIsFrozenIsFoundWithinTwoIntervalsAndIsBrokenUntilItMovesOn() {
        step();
        shop.trouble = Trouble.FROZEN;
        until(Verdict.PIPE_BROKEN, 2);
        assertThat(silence().asked().found()).isEqualTo(Canary.FROZEN);

        shop.prove();
        step();
        step();
        assertThat(silence().judgement().verdict())
                .as("others fetched the orders")
                .isEqualTo(Verdict.PIPE_BROKEN);

        shop.trouble = Trouble.NONE;
        until(Verdict.FLOWING, 2);
    }

    @Test
    void ordersOfWhichTheLogNeverTellsAreFoundWhenTheyAreOverdue() {
        step();
        shop.trouble = Trouble.LOSING;

        until(Verdict.PIPE_BROKEN, 4);

        assertThat(silence().asked().found()).isEqualTo(Canary.UNHEARD);
        assertThat(silence().asked().unheard()).isPositive();
        assertThat(silence().asked().unheardSince()).isBefore(clock.instant().minus(SimulatedShop.DELAY));
    }

    @Test
    void aMarketplaceThatIsAwayIsFoundAtOnceAndSoonMissed() {
        step();
        shop.trouble = Trouble.DOWN;
        step();
        assertThat(silence().judgement().verdict()).isEqualTo(Verdict.MARKETPLACE_DOWN);
        assertThat(silence().asked().error()).isEqualTo("unavailable: 503");

        for (int step = 0; step < 40; step++) { // over a night at most
            step();
        }
        assertThat(silence().judgement().silent()).isTrue();

        shop.trouble = Trouble.NONE;
        step();
        assertThat(silence().judgement().verdict()).isEqualTo(Verdict.FLOWING);
        assertThat(silence().judgement().silent()).isFalse();
    }

    @Test
    void whatItHasLearntItReadsOnceAnHour() {
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        clock.advance(Duration.between(clock.instant(), hour.plusNanos(123))); // finer than the database is
        step();
        assertThat(silence().judgement().expected()).isNotNull();
        jdbc.sql("delete from operations.order_hours where account = ?")
                .param(shop.account.value())
                .update();
        step();
        assertThat(silence().judgement().expected()).isNotNull();
    }

    @Test
    void oneLooksAtATime() {
        step();
        pass();
        var mine = watch.due();
        assertThat(mine).hasSize(1);

        assertThat(watch.due()).as("of another instance").isEmpty();

        mine.forEach(Runnable::run);
        assertThat(silence().asked().at()).isEqualTo(clock.instant());
    }

    @Test
    void whoDiedHasItsLookRepeatedAndIsNotBelievedAfterwards() {
        step();
        pass();
        var dead = watch.due();
        clock.advance(Duration.ofMinutes(4));
        shop.goOn(clock.instant());
        var other = watch.due();
        assertThat(other).hasSize(1);
        other.forEach(Runnable::run);
        var looked = silence();

        shop.trouble = Trouble.DOWN;
        dead.forEach(Runnable::run);

        assertThat(silence()).isEqualTo(looked);
    }

    @Test
    void nobodyListensToAnAccountThatIsStopped() {
        step();
        shops.open(List.of());

        step();

        assertThat(silences.of(shop.account)).isEmpty();
    }

    @Test
    void anAccountThatSellsNothingYetIsQuietAndNotSilent() {
        var now = clock.instant();
        shop = new SimulatedShop("New", Season.of(0, now), now, now.plus(Duration.ofDays(3)), new Random(1));
        shops.open(List.of(shop));

        for (int step = 0; step < 30; step++) {
            step();
        }

        assertThat(silence().judgement().verdict()).isEqualTo(Verdict.FLOWING);
        assertThat(silence().judgement().expected()).isNull();
        assertThat(silence().judgement().at()).isBefore(Instant.from(clock.instant()));
    }
}
