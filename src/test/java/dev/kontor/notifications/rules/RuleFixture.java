package dev.kontor.notifications.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.NotificationsModuleTest;
import dev.kontor.notifications.Sellers;
import dev.kontor.notifications.Upstream;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.texts.AlertTexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tells what other modules tell, waits until the rules have heard it, and reads the alerts. */
@NotificationsModuleTest
abstract class RuleFixture {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Sellers sellers;

    @Autowired
    Upstream upstream;

    @Autowired
    List<Round> rounds;

    @Autowired
    SettableClock clock;

    @Autowired
    Alerts alerts;

    @Autowired
    AlertTexts texts;

    @Autowired
    JdbcClient jdbc;

    AccountId account;

    @BeforeEach
    void anAccountOfItsOwn() {
        account = sellers.open("Cups on Fake");
    }

    /** Until every listener has heard it. */
    void tell(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from event_publication")
                        .query(Long.class)
                        .single())
                .isZero());
    }

    void look() {
        rounds.forEach(Round::look);
    }

    /** Those of the account, the newest first. */
    List<Alert> all() {
        var all = new ArrayList<Alert>();
        alerts.forEach(new Alerts.Filter(null, null, null, account), all::add);
        return all;
    }

    Alert alert() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    Alert about(Object subject) {
        var about = abouts(subject, null);
        assertThat(about).hasSize(1);
        return about.getFirst();
    }

    Alert about(Object subject, AlertKind kind) {
        var about = abouts(subject, kind);
        assertThat(about).hasSize(1);
        return about.getFirst();
    }

    List<Alert> abouts(Object subject, AlertKind kind) {
        var all = new ArrayList<Alert>();
        alerts.forEach(new Alerts.Filter(null, kind, null, null), all::add);
        return all.stream()
                .filter(it -> it.subject().id().equals(subject.toString()))
                .toList();
    }

    String said(Alert alert) {
        var speech = texts.in(Locale.ENGLISH);
        return speech.title(alert) + ". " + speech.text(alert);
    }
}
