package dev.kontor.notifications.webhooks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.SettableClock;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.notifications.NotificationsModuleTest;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tells what other modules tell, to a receiver over HTTP, at times that the test chooses. */
@NotificationsModuleTest
abstract class WebhookFixture {

    static final List<MessageType> PLANS = List.of(MessageType.PLAN_OPENED, MessageType.PLAN_DECIDED);

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Subscribing subscribing;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Dispatch dispatch;

    @Autowired
    SettableClock clock;

    @Autowired
    Alerts alerts;

    @Autowired
    JdbcClient jdbc;

    Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver();
        clock.advance(Duration.ofHours(1)); // later than whatever a test before has told
    }

    @AfterEach
    void close() {
        receiver.close();
        subscribing.list(null, 100).forEach(it -> subscribing.delete(it.id()));
    }

    EndpointId subscribe() {
        return subscribe("/hook", PLANS).endpoint().id();
    }

    Subscribing.Issued subscribe(String path, List<MessageType> kinds) {
        return subscribing.create(receiver.url(path), "a test", kinds);
    }

    Endpoint endpoint(EndpointId id) {
        return subscribing.find(id).orElseThrow();
    }

    void enable(EndpointId id) {
        subscribing.change(id, new ChangeEndpoint(null, null, null, null, true), _ -> {});
    }

    /** Until every listener has heard it. */
    void tell(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
        heard();
    }

    void heard() {
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from event_publication")
                        .query(Long.class)
                        .single())
                .isZero());
    }

    PlanId aPlan() {
        return new PlanId(UUID.randomUUID());
    }

    /** A message of the plan that is told by its number from others of the same plan. */
    void tellOf(PlanId plan, int listings) {
        tell(new PlanOpened(plan, null, listings, clock.instant().plusMillis(listings)));
    }

    /** Sends what is due until nothing is. */
    void send() {
        for (var sent = dispatch.round(); !sent.isEmpty(); sent = dispatch.round()) {
            finish(sent);
        }
    }

    static void finish(List<Future<?>> sent) {
        for (var one : sent) {
            try {
                one.get();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Time passes, and what comes due in it is sent. */
    void send(Duration within, Duration step) {
        for (var passed = Duration.ZERO; passed.compareTo(within) < 0; passed = passed.plus(step)) {
            send();
            clock.advance(step);
        }
        send();
    }

    List<Delivery> log(EndpointId id) {
        return deliveries.list(id, null, null, 1_000);
    }

    List<Delivery> waiting(EndpointId id) {
        return deliveries.list(id, Delivery.State.PENDING, null, 1_000);
    }

    Attempt.Result lastResult(EndpointId id) {
        return deliveries.attempts(log(id).getFirst().id()).getLast().result();
    }

    List<Alert> alertsAbout(EndpointId id) {
        var found = new ArrayList<Alert>();
        alerts.forEach(new Alerts.Filter(null, null, null, null), found::add);
        return found.stream()
                .filter(it -> it.subject().id().equals(id.toString()))
                .toList();
    }

    long entries(String action, EndpointId id) {
        return jdbc.sql("select count(*) from audit.entries e where e::text like ? and e::text like ?")
                .params("%" + action + "%", "%" + id + "%")
                .query(Long.class)
                .single();
    }
}
