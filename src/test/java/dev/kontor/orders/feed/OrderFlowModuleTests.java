package dev.kontor.orders.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.OrderFlow;
import dev.kontor.orders.ShopFixture;

import static org.assertj.core.api.Assertions.assertThat;

class OrderFlowModuleTests extends ShopFixture {

    @Autowired
    OrderFlow flow;

    @Test
    void nothingIsKnownOfAFeedThatHasNotBegun() {
        assertThat(flow.standing(account.id())).isEmpty();
        assertThat(flow.lastPlaced(account.id(), clock.instant())).isEmpty();
        assertThat(flow.placedByHour(account.id(), Instant.EPOCH, clock.instant()))
                .isEmpty();
    }

    @Test
    void theFeedStandsWhereItHasReadTo() {
        sync();
        var begun = flow.standing(account.id()).orElseThrow();
        assertThat(begun.position()).isNull();

        sync();
        var later = flow.standing(account.id()).orElseThrow();
        assertThat(later.position()).isNull();
        assertThat(later.readAt()).isAfter(begun.readAt()).isEqualTo(clock.instant());

        shop.place(FakeOrder.anOrder("one", clock.instant()));
        sync();
        assertThat(flow.standing(account.id()).orElseThrow().position()).isNotNull();
    }

    @Test
    void whatIsArchivedAnnouncedOrPutAsideIsHeardOf() {
        sync();
        shop.place(FakeOrder.anOrder("archived", clock.instant()));
        sync();
        shop.place(FakeOrder.anOrder("announced", clock.instant()));
        shop.tellsNoFirstSigns();
        shop.place(FakeOrder.anOrder("unreadable", clock.instant()));
        shop.malform("unreadable");
        shop.placeSilently(FakeOrder.anOrder("silent", clock.instant()));
        clock.advance(Duration.ofMinutes(1));
        feed.run(account, new dev.kontor.orders.loops.Run());

        assertThat(flow.unheard(account.id(), List.of("archived", "announced", "unreadable", "silent", "other")))
                .containsExactly("other", "silent");
        assertThat(flow.unheard(account.id(), List.of())).isEmpty();
    }

    @Test
    void countsByTheHourInWhichOrdersWerePlaced() {
        sync();
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
        shop.place(FakeOrder.anOrder("first", hour));
        shop.place(FakeOrder.anOrder("second", hour.plusSeconds(3_599)));
        shop.place(FakeOrder.anOrder("third", hour.plusSeconds(3_600)));
        sync();

        assertThat(flow.placedByHour(account.id(), hour, hour.plusSeconds(7_200)))
                .isEqualTo(Map.of(hour, 2, hour.plusSeconds(3_600), 1));
        assertThat(flow.placedByHour(account.id(), hour, hour.plusSeconds(3_600)))
                .isEqualTo(Map.of(hour, 2));
        assertThat(flow.lastPlaced(account.id(), clock.instant())).contains(hour.plusSeconds(3_600));
        assertThat(flow.lastPlaced(account.id(), hour.plusSeconds(3_599))).contains(hour.plusSeconds(3_599));
    }
}
