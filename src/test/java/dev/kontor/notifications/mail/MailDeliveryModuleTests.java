package dev.kontor.notifications.mail;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.access.Persons;
import dev.kontor.access.Role;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The server is away, refuses, or hangs, and instances compete. */
class MailDeliveryModuleTests extends MailFixture {

    @Autowired
    MailProperties properties;

    @Autowired
    MailOutbox outbox;

    @Autowired
    Persons persons;

    @Autowired
    Letters letters;

    /** As another instance that has this server. */
    private MailDispatch dispatch(int port) {
        return dispatch(port, MailProperties.Security.NONE, null, null);
    }

    private MailDispatch dispatch(int port, MailProperties.Security security, String user, String password) {
        return dispatch(port, security, user, password, Duration.ofSeconds(20));
    }

    private MailDispatch dispatch(
            int port, MailProperties.Security security, String user, String password, Duration timeout) {
        var there = new MailProperties(
                "127.0.0.1", port, security, user, password, properties.from(), properties.url(), timeout);
        return new MailDispatch(outbox, subscriptions, persons, letters, new Mailer(there, clock), undelivered, clock);
    }

    private List<Alert> undeliveredAlerts() {
        heard();
        return alerts.list(new Alerts.Filter(null, AlertKind.MAIL_UNDELIVERED, null, null), null, 100).stream()
                .filter(it -> it.state() != Alert.State.RESOLVED)
                .toList();
    }

    @Test
    void aServerThatIsAwayForAnHourGetsEachMailOnceWhenItIsBack() throws Exception {
        var anna = subscribed("en");
        var cause = cause();
        raise(cause, Severity.WARNING);
        try (var nobody = new Socket()) {
            nobody.bind(new InetSocketAddress("127.0.0.1", 0)); // and does not listen
            var away = dispatch(nobody.getLocalPort());
            for (int minute = 0; minute < 60; minute++) {
                while (away.one()) {
                    // each that is due
                }
                undelivered.look();
                clock.advance(Duration.ofMinutes(1));
            }
        }
        assertThat(told(anna)).isEmpty();
        assertThat(undeliveredAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.subject()).isEqualTo(Subject.KONTOR);
            assertThat(alert.severity()).isEqualTo(Severity.WARNING);
        });
        send(Duration.ofMinutes(10), Duration.ofMinutes(1));
        assertThat(told(anna))
                .filteredOn(it -> subject(it).contains("Corner shop"))
                .hasSize(1);
        undelivered.look();
        assertThat(undeliveredAlerts()).isEmpty();
        gone(cause);
        send(Duration.ofMinutes(10), Duration.ofMinutes(1));
        assertThat(told(anna))
                .filteredOn(it -> subject(it).contains("Corner shop"))
                .hasSize(2);
    }

    @Test
    void whoeverOfManyTakesAMailSendsItAlone() throws Exception {
        var anna = subscribed("en");
        for (int number = 0; number < 10; number++) {
            raise(cause("Shop " + number), Severity.WARNING);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int instance = 0; instance < 8; instance++) {
                threads.submit(() -> {
                    var other = dispatch(PORT);
                    while (other.one()) {
                        // the next one
                    }
                });
            }
        }
        assertThat(told(anna)).hasSize(10).extracting(MailFixture::subject).doesNotHaveDuplicates();
    }

    @Test
    void whatAnInstanceHadThatDiedMayHaveArrivedSoItsEndIsTold() {
        var anna = subscribed("en");
        var cause = cause();
        raise(cause, Severity.WARNING);
        assertThat(outbox.claim(Duration.ofMinutes(10))).isPresent();
        send();
        assertThat(told(anna)).isEmpty();
        gone(cause);
        clock.advance(Duration.ofMinutes(11));
        send();
        assertThat(told(anna))
                .as("it may have been told, so it is said that it is over")
                .singleElement()
                .satisfies(mail -> assertThat(text(mail)).contains("This is over"));
    }

    @Test
    void anAddressForWhichTheServerTakesNothingIsLeftAloneAndItsPersonFindsOutWhy() throws Exception {
        try (var refusing = new ScriptedSmtp("550 5.1.1 no such user here: anna")) {
            var person = person(Role.MANAGER);
            var anna = subscribed(person, "en");
            raise(cause("One"), Severity.WARNING);
            raise(cause("Two"), Severity.WARNING);
            var instance = dispatch(refusing.port());
            while (instance.one()) {
                // each that is due
            }
            assertThat(refusing.recipients()).isEqualTo(1);
            assertThat(subscribing.find(anna.id(), person).state()).isEqualTo(Subscription.State.REFUSED);
            assertThat(undeliveredAlerts()).singleElement().satisfies(alert -> {
                assertThat(alert.severity()).isEqualTo(Severity.INFO);
                assertThat(alert.subject().id()).isEqualTo(anna.id().toString());
                assertThat(alert.facts().byKey()).containsEntry("what", "refused");
            });
            raise(cause("Three"), Severity.CRITICAL);
            clock.advance(Duration.ofHours(1));
            send();
            assertThat(told(anna)).isEmpty();

            subscribing.code(anna.id(), person);
            var again = subscribing.verify(anna.id(), mailedCode(anna), person);
            assertThat(again.state()).isEqualTo(Subscription.State.ACTIVE);
            assertThat(undeliveredAlerts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.1 come back later", "550 5.7.1 relaying denied", "530 5.7.0 log in first"})
    void whatTheServerMeansOtherwiseIsTriedAgain(String answer) throws Exception {
        try (var refusing = new ScriptedSmtp(answer)) {
            var anna = subscribed("en");
            raise(cause(), Severity.WARNING);
            var instance = dispatch(refusing.port());
            assertThat(instance.one()).isTrue();
            assertThat(subscriptions.find(anna.id()).orElseThrow().state()).isEqualTo(Subscription.State.ACTIVE);
            assertThat(problems(anna)).last().isEqualTo("WAITING it answers " + answer.substring(0, 3));
            clock.advance(Duration.ofMinutes(1));
            send();
            assertThat(told(anna)).hasSize(1);
        }
    }

    @Test
    void aServerThatSaysNothingIsWaitedForAsLongAsTheSettingsSay() throws Exception {
        try (var silent = new ServerSocket(0)) {
            var anna = subscribed("en");
            raise(cause(), Severity.WARNING);
            var begun = System.nanoTime();
            dispatch(silent.getLocalPort(), MailProperties.Security.NONE, null, null, Duration.ofMillis(300))
                    .one();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(problems(anna)).last().asString().startsWith("WAITING");
        }
    }

    @Test
    void aMailThatWasTakenIsNotSentAgainWhereTheServerSaysNoGoodbye() throws Exception {
        try (var rude = new ScriptedSmtp("250 2.1.5 ok")) {
            var anna = subscribed("en");
            raise(cause(), Severity.WARNING);
            assertThat(dispatch(rude.port()).one()).isTrue();
            assertThat(rude.recipients()).isEqualTo(1);
            assertThat(problems(anna)).last().isEqualTo("SENT");
        }
    }

    @Test
    void whoeverTookTooLongDoesNotTakeTheMailFromWhoHasItNow() {
        var anna = subscribed("en");
        raise(cause(), Severity.WARNING);
        var slow = outbox.claim(Duration.ofMinutes(10)).orElseThrow();
        clock.advance(Duration.ofMinutes(11));
        assertThat(outbox.claim(Duration.ofMinutes(10))).isPresent();
        outbox.later(slow, Duration.ZERO, true, "late");
        assertThat(outbox.claim(Duration.ofMinutes(10))).isEmpty();
        outbox.dropped(slow, "late");
        assertThat(problems(anna)).last().isEqualTo("WAITING");
    }

    @Test
    void itIsFoundOutThatNobodyComesBackFromSending() {
        var anna = subscribed("en");
        raise(cause(), Severity.WARNING);
        var broken = new MailDispatch(
                outbox, subscriptions, persons, letters, null, undelivered, clock); // throws, whatever is to be sent
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(broken::one).isInstanceOf(RuntimeException.class);
            undelivered.look();
            clock.advance(Duration.ofMinutes(11));
        }
        undelivered.look();
        assertThat(undeliveredAlerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject()).isEqualTo(Subject.KONTOR));
        send();
        assertThat(told(anna)).isNotEmpty();
        undelivered.look();
        assertThat(undeliveredAlerts()).isEmpty();
    }

    @Test
    void noServerIsCalledInsideATransaction() {
        var anna = subscribed("en");
        raise(cause(), Severity.WARNING);
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> dispatch.one()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(told(anna)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = MailProperties.Security.class,
            names = {"STARTTLS", "TLS"})
    void whatShallBeEncryptedIsNeverSentInTheClear(MailProperties.Security security) {
        var anna = subscribed("en");
        raise(cause(), Severity.WARNING);
        dispatch(PORT, security, null, null).one();
        assertThat(told(anna)).isEmpty();
        assertThat(problems(anna)).last().asString().startsWith("WAITING");
    }

    @Test
    void whoeverDoesNotLogInRightlyWaitsAndNobodyReadsThePassword() {
        server.setUser("kontor@shop.example", "kontor", "the-right-word");
        var anna = subscribed("en");
        raise(cause(), Severity.WARNING);
        dispatch(PORT, MailProperties.Security.NONE, "kontor", "a-wrong-word").one();
        assertThat(told(anna)).isEmpty();
        assertThat(problems(anna)).last().asString().startsWith("WAITING").doesNotContain("word");
        clock.advance(Duration.ofMinutes(1));
        dispatch(PORT, MailProperties.Security.NONE, "kontor", "the-right-word").one();
        assertThat(told(anna)).hasSize(1);
    }

    @Test
    void theEndOfAnAlertThatLastedForMonthsIsStillTold() {
        var anna = subscribed("en");
        var cause = cause();
        raise(cause, Severity.WARNING);
        send();
        clock.advance(Duration.ofDays(90));
        outbox.forget();
        gone(cause);
        send(Duration.ofMinutes(6), Duration.ofMinutes(1));
        assertThat(told(anna)).hasSize(2);
    }
}
