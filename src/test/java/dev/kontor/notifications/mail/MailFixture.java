package dev.kontor.notifications.mail;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import dev.kontor.SettableClock;
import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.NotificationsModuleTest;
import dev.kontor.notifications.Sellers;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.Upstream;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Handling;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Settings;
import dev.kontor.notifications.wishes.Wishes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The module with a mail server of the test, people who have addresses, and a clock that the test moves. */
@NotificationsModuleTest
@TestPropertySource(
        properties = {
            "kontor.mail.sending=false",
            "kontor.mail.security=NONE",
            "kontor.mail.from=kontor@shop.example",
            "kontor.mail.url=https://kontor.example",
            "kontor.mail.timeout=20s"
        })
abstract class MailFixture {

    static final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static {
        server.start();
    }

    static final int PORT = server.getSmtp().getPort();

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("kontor.mail.host", () -> "127.0.0.1");
        registry.add("kontor.mail.port", () -> PORT);
    }

    @Autowired
    Raising raising;

    @Autowired
    Handling handling;

    @Autowired
    Alerts alerts;

    @Autowired
    Subscribing subscribing;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    MailDispatch dispatch;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    MailDigest digest;

    @Autowired
    Undelivered undelivered;

    @Autowired
    Settings settings;

    @Autowired
    Sellers sellers;

    @Autowired
    Upstream upstream;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void empty() throws Exception {
        clock.advance(Duration.ofDays(4)); // what a test before has left waits no more
        jdbc.sql("delete from notifications.mail_subscriptions").update();
        jdbc.sql("update notifications.alert_settings set values = '{}', version = version + 1")
                .update();
        server.purgeEmailFromAllMailboxes();
    }

    Caller person(Role role) {
        var person = Caller.person(UUID.randomUUID(), "Anna", role);
        upstream.persons.put(person.id(), person);
        return person;
    }

    static String anAddress() {
        return UUID.randomUUID() + "@shop.example";
    }

    /** Asks for mail, reads the code there, and shows it. */
    Subscription subscribed(Caller person, String language) {
        var wishes = new Wishes(
                Locale.of(language), ZoneId.of("Europe/Warsaw"), Severity.WARNING, Set.of(), null, null, null);
        var subscription = subscribing.create(person, anAddress(), wishes);
        return subscribing.verify(subscription.id(), mailedCode(subscription), person);
    }

    Subscription subscribed(String language) {
        return subscribed(person(Role.MANAGER), language);
    }

    String mailedCode(Subscription subscription) {
        send();
        var code = Pattern.compile("\"code\": \"(\\w+)\"")
                .matcher(text(inbox(subscription).getLast()));
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    Subscription wishing(Subscription subscription, UnaryOperator<Wishes> change) {
        subscriptions.save(subscription.id(), change.apply(subscription.wishes()));
        return subscriptions.find(subscription.id()).orElseThrow();
    }

    Cause cause(String account) {
        return new Cause(AlertKind.SYNC_FAILING, Subject.of(sellers.open(account)), "feed");
    }

    Cause cause() {
        return cause("Corner shop");
    }

    Alert raise(Cause cause, Severity severity) {
        var facts = Facts.none().with(Fact.LOOP, "feed").with(Fact.IN_A_ROW, 3);
        raising.raise(
                cause, Sighting.of(UUID.randomUUID(), facts, clock.instant()).as(severity));
        heard();
        return alerts.list(new Alerts.Filter(null, null, null, cause.subject().account()), null, 1)
                .getFirst();
    }

    void gone(Cause cause) {
        raising.gone(cause, clock.instant());
        heard();
    }

    void tell(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
        heard();
    }

    /** Until every listener has heard what was told. */
    void heard() {
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from event_publication")
                        .query(Long.class)
                        .single())
                .isZero());
    }

    /** What is due, until nothing is. */
    void send() {
        while (dispatch.one()) {
            // the next one
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

    /** The mails that came, without those with a code when {@code alerts} is asked for. */
    List<MimeMessage> inbox(Subscription subscription) {
        return Arrays.stream(server.getReceivedMessagesForDomain(subscription.address()))
                .toList();
    }

    /** Those that tell of something. */
    List<MimeMessage> told(Subscription subscription) {
        return inbox(subscription).stream()
                .filter(it -> !text(it).contains("/verify"))
                .toList();
    }

    static String header(MimeMessage message, String name) {
        try {
            return message.getHeader(name, null);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    static String text(MimeMessage message) {
        return part(message, 0);
    }

    static String html(MimeMessage message) {
        return part(message, 1);
    }

    private static String part(MimeMessage message, int number) {
        try {
            var parts = (MimeMultipart) message.getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            return ((String) parts.getBodyPart(number).getContent()).replace("\r\n", "\n");
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    List<String> problems(Subscription subscription) {
        return jdbc.sql(
                        "select state || coalesce(' ' || problem, '') from notifications.mail_outbox where subscription = ? order by id")
                .param(subscription.id())
                .query(String.class)
                .list();
    }
}
