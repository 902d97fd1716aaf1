package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.NotificationsModuleTest;
import dev.kontor.notifications.ToldAlerts;

import static org.assertj.core.api.Assertions.assertThat;

/** A cause of its own for each test, and a clock that it sets. */
@NotificationsModuleTest
abstract class AlertFixture {

    static final LongConsumer WHATEVER = version -> {};
    static final String ANNA = "person 6f6dd9f1-63b7-4f58-a3a5-2b8f6c5e8a01";
    static final String BORIS = "person 6f6dd9f1-63b7-4f58-a3a5-2b8f6c5e8a02";

    @Autowired
    Raising raising;

    @Autowired
    Handling handling;

    @Autowired
    Patience patience;

    @Autowired
    Alerts alerts;

    @Autowired
    AlertProperties properties;

    @Autowired
    ToldAlerts told;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    AccountId account;
    Cause cause;

    @BeforeEach
    void aCauseOfItsOwn() {
        account = new AccountId(UUID.randomUUID());
        cause = new Cause(AlertKind.SYNC_FAILING, Subject.of(account), "feed");
    }

    Sighting sighting(int inARow) {
        return Sighting.of(UUID.randomUUID(), Facts.none().with(Fact.IN_A_ROW, inARow), clock.instant());
    }

    AlertId raised() {
        raising.raise(cause, sighting(3));
        return alert().id();
    }

    List<Alert> all() {
        var all = new ArrayList<Alert>();
        alerts.forEach(new Alerts.Filter(null, null, null, account), all::add);
        return all;
    }

    Alert alert() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    void wait(Duration duration) {
        clock.advance(duration);
        patience.look();
    }

    void gone() {
        raising.gone(cause, clock.instant());
    }

    List<Step.What> story(AlertId id) {
        return alerts.story(id).stream().map(Step::what).toList();
    }

    /** As instances do. */
    void atOnce(List<Callable<Object>> actions) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(actions)) {
                done.get();
            }
        }
    }
}
