package dev.kontor.orders.certificate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.PublishedEvents;

import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.CertificateGapsChanged;
import dev.kontor.orders.Completeness;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.backfill.Backfill;
import dev.kontor.orders.certificate.Certificate.Verdict;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

class CertificationModuleTests extends ShopFixture {

    @Autowired
    Certification certification;

    @Autowired
    Certificates certificates;

    @Autowired
    Completeness completeness;

    @Autowired
    Backfill backfill;

    LocalDate yesterday;

    @BeforeEach
    void openAShopWithFiveOrdersYesterday() {
        clock.advance(Duration.between(
                clock.instant(), today().plusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC)));
        yesterday = today().minusDays(1);
        IntStream.rangeClosed(1, 5)
                .forEach(number -> shop.placeSilently(FakeOrder.anOrder("o-" + number, noon(yesterday))));
        follow();
        backfill.run(account, new Run());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    private Run check() {
        clock.advance(Duration.ofHours(6));
        follow();
        var run = new Run();
        certification.run(account, run);
        return run;
    }

    private Certificate verdictOn(LocalDate day) {
        return certificates.newest(account.id(), day, day).getFirst();
    }

    @Test
    void certifiesAWholeDay() {
        check();

        assertThat(verdictOn(yesterday)).satisfies(certificate -> {
            assertThat(certificate.verdict()).isEqualTo(Verdict.WHOLE);
            assertThat(certificate.complete()).isTrue();
            assertThat(certificate.listed()).isEqualTo(5);
            assertThat(certificate.archived()).isEqualTo(5);
            assertThat(certificate.hash()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void findsAndRepairsOrdersWhoseEventsWereLost() {
        shop.placeSilently(FakeOrder.anOrder("lost-1", noon(yesterday)));
        shop.placeSilently(FakeOrder.anOrder("lost-2", noon(yesterday)));

        check();

        assertThat(archive.ids(account)).contains("lost-1", "lost-2");
        assertThat(verdictOn(yesterday).verdict()).isEqualTo(Verdict.REPAIRED);
        assertThat(verdictOn(yesterday).repaired()).isEqualTo(2);
    }

    @Test
    void whatWasRepairedStaysInTheCalendar() {
        shop.placeSilently(FakeOrder.anOrder("lost", noon(yesterday)));
        check();

        check();

        assertThat(verdictOn(yesterday).verdict()).isEqualTo(Verdict.REPAIRED);
        assertThat(verdictOn(yesterday).repaired()).isEqualTo(1);
    }

    @Test
    void aCheckThatIsBrokenOffForgetsNothingThatItRepaired() {
        shop.placeSilently(FakeOrder.anOrder("lost", noon(yesterday)));
        shop.pageSize(3);
        var pages = new AtomicInteger();
        shop.onCall((operation, period) -> {
            if (operation == Operation.LIST && period.equals(Period.day(yesterday)) && pages.incrementAndGet() == 2) {
                shop.failNext(Operation.LIST, new Answer.Unavailable<>("503"));
            }
        });
        check();
        assertThat(archive.ids(account)).contains("lost");
        assertThat(certificates.history(account.id(), yesterday)).isEmpty();

        check();

        assertThat(verdictOn(yesterday).verdict()).isEqualTo(Verdict.REPAIRED);
        assertThat(verdictOn(yesterday).repaired()).isEqualTo(1);
    }

    /** Else every order would be read twice; a backfill that takes long must not keep the newest days unproven. */
    @Test
    void waitsForAYoungBackfillAndNotForAnOldOne() {
        var another = new FakeMarketplace("fake", clock);
        another.pageSize(1);
        IntStream.rangeClosed(1, 60)
                .forEach(number -> another.placeSilently(FakeOrder.anOrder("a-" + number, noon(yesterday))));
        account = shops.open(another);
        follow();
        another.onCall((operation, argument) -> {
            if (operation == Operation.LIST && another.calls(Operation.LIST) > 10) {
                another.failNext(Operation.LIST, new Answer.Unavailable<>("503"));
            }
        });
        backfill.run(account, new Run());
        another.onCall((operation, argument) -> {});
        another.heal();

        clock.advance(Duration.ofHours(6).minusSeconds(1));
        follow();
        assertThat(certification.run(account, new Run())).isInstanceOf(Next.Idle.class);
        assertThat(certificates.newest(account.id(), yesterday.minusDays(400), today()))
                .isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(certification.run(account, new Run())).isNotInstanceOf(Next.Idle.class);
        assertThat(certificates.newest(account.id(), yesterday.minusDays(400), today()))
                .isNotEmpty()
                .extracting(Certificate::day)
                .doesNotContain(yesterday); // the backfill has not been there
    }

    /** A year takes its time where the marketplace lets Kontor wait, and what is asked about is mostly of these days. */
    @Test
    void provesTheNewestDaysFirst() {
        var listed = new ArrayList<Instant>();
        shop.onCall((operation, period) -> {
            if (operation == Operation.LIST) {
                listed.add(((Period) period).from());
            }
        });

        check();

        assertThat(listed)
                .hasSizeGreaterThan(20)
                .startsWith(Period.day(today()).from())
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void oneDayThatCannotBeListedKeepsNoOtherFromItsVerdict() {
        var days = new ArrayList<Period>();
        shop.onCall((operation, period) -> {
            if (operation == Operation.LIST && period.equals(Period.day(yesterday))) {
                shop.failNext(Operation.LIST, new Answer.Malformed<>("no list"));
                days.add((Period) period);
            }
        });

        var run = check();

        assertThat(days).isNotEmpty();
        assertThat(run.status()).isEqualTo(Status.PARTIAL);
        assertThat(certificates
                        .newest(account.id(), yesterday.minusDays(30), today())
                        .size())
                .isGreaterThan(20);
    }

    @Test
    void aDayThatTheMarketplaceNoLongerListsKeepsItsVerdict() {
        check();
        var verdict = verdictOn(yesterday);
        clock.advance(Duration.ofDays(400));

        check();

        assertThat(verdictOn(yesterday)).isEqualTo(verdict);
        assertThat(archive.get(account, "o-1").goneAt()).isNull();
    }

    @Test
    void refreshesWhatChangedWithoutAWord() {
        shop.changeSilently("o-1", order -> order.withStatus("DELIVERED"));

        check();

        assertThat(verdictOn(yesterday).refreshed()).isEqualTo(1);
        assertThat(archive.get(account, "o-1").status().name()).isEqualTo("DELIVERED");
    }

    @Test
    void theSameOrdersGiveTheSameHash() {
        check();
        var first = verdictOn(yesterday);
        check();

        assertThat(verdictOn(yesterday).checkedAt()).isAfter(first.checkedAt());
        assertThat(verdictOn(yesterday).hash()).isEqualTo(first.hash());
        assertThat(certificates.history(account.id(), yesterday)).hasSize(2);
    }

    @Test
    void tellsThatADayHasGapsAndThatItHasNoneAnyMore(PublishedEvents events) {
        check();
        assertThat(gapsTold(events)).isZero();
        assertThat(completeness.daysWithGaps(account.id())).isEmpty();
        shop.placeSilently(FakeOrder.anOrder("broken", noon(yesterday)));
        shop.malform("broken");
        var before = clock.instant();
        check();
        assertThat(gapsTold(events)).isEqualTo(1);
        assertThat(completeness.daysWithGaps(account.id())).containsExactly(yesterday);
        assertThat(completeness.unreadableSince(account.id(), before)).isEqualTo(1);
        assertThat(completeness.unreadableSince(account.id(), clock.instant().plusSeconds(1)))
                .isZero();

        shop.repair("broken");
        check();
        assertThat(gapsTold(events)).isEqualTo(2);
        assertThat(completeness.daysWithGaps(account.id())).isEmpty();
        assertThat(completeness.unreadableSince(account.id(), before)).isZero();
    }

    private long gapsTold(PublishedEvents events) {
        return StreamSupport.stream(
                        events.ofType(CertificateGapsChanged.class)
                                .matching(it -> it.account().equals(account.id()))
                                .spliterator(),
                        false)
                .count();
    }

    @Test
    void anUnreadableOrderIsAGap() {
        shop.placeSilently(FakeOrder.anOrder("broken", noon(yesterday)));
        shop.malform("broken");

        check();

        assertThat(verdictOn(yesterday).verdict()).isEqualTo(Verdict.GAPS);
        assertThat(verdictOn(yesterday).unreadable()).isEqualTo(1);
    }

    @Test
    void aRecordWithoutAnIdNeedsNoMoreAttentionOnceItsDayIsProvenWhole() {
        shop.announceUnreadably();
        check();
        assertThat(archive.quarantined(account)).hasSize(1);

        clock.advance(Duration.ofDays(1));
        check();

        assertThat(archive.quarantined(account)).isEmpty();
    }

    /** Its order may be the one that cannot be read. */
    @Test
    void aRecordWithoutAnIdStaysAsLongAsAnyDayHoldsSomethingUnreadable() {
        shop.placeSilently(FakeOrder.anOrder("broken", noon(yesterday)));
        shop.malform("broken");
        shop.announceUnreadably();
        check();
        clock.advance(Duration.ofDays(1));
        check();
        assertThat(archive.quarantined(account)).hasSize(2);

        shop.repair("broken");
        check();

        assertThat(archive.quarantined(account)).isEmpty();
    }

    @Test
    void anOrderThatTheMarketplaceDroppedIsExplained() {
        shop.remove("o-5");

        check();

        assertThat(verdictOn(yesterday).verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(verdictOn(yesterday).listed()).isEqualTo(4);
        assertThat(archive.get(account, "o-5").goneAt()).isNotNull();
    }

    @Test
    void aDayThatGoesOnGetsAProvisionalVerdict() {
        check();

        assertThat(verdictOn(today()).complete()).isFalse();
    }

    @Test
    void givesNoVerdictWhenTheListCannotBeRead() {
        shop.failAlways(Operation.LIST, new Answer.Unavailable<>("503"));

        var run = check();

        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(certificates.newest(account.id(), yesterday.minusDays(400), today()))
                .isEmpty();
    }

    @Test
    void certifiesEveryDayOfThePast() {
        for (int turn = 0; turn < 3; turn++) {
            check();
        }

        assertThat(certificates.newest(account.id(), yesterday.minusDays(400), yesterday))
                .hasSizeGreaterThan(360)
                .extracting(Certificate::verdict)
                .containsOnly(Verdict.WHOLE);
    }

    @Test
    void anOrderJustPlacedIsNotCalledMissing() {
        shop.placeSilently(FakeOrder.anOrder("just-now", clock.instant().plus(Duration.ofHours(6))));

        check();

        assertThat(verdictOn(today())).satisfies(certificate -> {
            assertThat(certificate.repaired()).isZero();
            assertThat(certificate.archived()).isEqualTo(1);
        });
        assertThat(archive.ids(account)).containsAll(List.of("just-now"));
    }
}
