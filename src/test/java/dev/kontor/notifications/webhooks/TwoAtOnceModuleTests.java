package dev.kontor.notifications.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.api.Conflict;
import dev.kontor.inventory.PlanOpened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What two do to endpoints at the same moment. */
class TwoAtOnceModuleTests extends WebhookFixture {

    @Autowired
    Messages messages;

    private void awaitThatSomebodyWaits() {
        await().until(() -> jdbc.sql("select exists (select from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single());
    }

    private static ChangeEndpoint to(String url) {
        return new ChangeEndpoint(url, null, null, null, null);
    }

    @Test
    void whatWasToldWhileAnEndpointWasDisabledComesWithAReplayFromThenOnHoweverLongItWaited() {
        var id = subscribe();
        var plan = aPlan();
        transaction.executeWithoutResult(_ -> {
            messages.lock(List.of("plan " + plan), clock.instant());
            CompletableFuture.runAsync(() -> transaction.executeWithoutResult(
                    _ -> events.publishEvent(new PlanOpened(plan, null, 1, clock.instant()))));
            awaitThatSomebodyWaits();
            clock.advance(Duration.ofMinutes(5));
            CompletableFuture.runAsync(
                            () -> subscribing.change(id, new ChangeEndpoint(null, null, null, null, false), _ -> {}))
                    .join();
        });
        heard();
        assertThat(waiting(id)).isEmpty();
        var disabledAt = endpoint(id).disabledAt();
        enable(id);
        assertThat(subscribing.replay(id, disabledAt)).isEqualTo(1);
        send();
        assertThat(receiver.listings(plan)).containsExactly(1);
    }

    @Test
    void whatAnInstanceWhoseClockIsALittleSlowStoredIsReplayedAsWell() {
        var id = subscribe();
        var plan = aPlan();
        tellOf(plan, 1);
        clock.advance(Duration.ofMinutes(2));
        tellOf(plan, 2);
        send();
        assertThat(subscribing.replay(id, clock.instant())).isEqualTo(1);
        send();
        clock.advance(Duration.ofSeconds(30));
        assertThat(subscribing.replay(id, clock.instant())).isEqualTo(1);
        send();
        assertThat(receiver.listings(plan)).containsExactly(1, 2, 2, 2);
    }

    @Test
    void ofTwoThatMoveToOneAddressTheLaterIsTold() {
        var first = subscribe();
        var second = subscribe("/other", PLANS).endpoint().id();
        var there = receiver.url("/there");
        CompletableFuture<Endpoint> later = transaction.execute(_ -> {
            subscribing.change(first, to(there), _ -> {});
            var moving = CompletableFuture.supplyAsync(() -> subscribing.change(second, to(there), _ -> {}));
            awaitThatSomebodyWaits();
            return moving;
        });
        assertThatThrownBy(later::join).hasCauseInstanceOf(Conflict.class);
        assertThat(endpoint(second).url().getPath()).isEqualTo("/other");
    }
}
