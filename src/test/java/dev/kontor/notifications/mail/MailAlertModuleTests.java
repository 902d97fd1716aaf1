package dev.kontor.notifications.mail;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.kontor.access.Role;
import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertChanged.Change;
import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.orders.OrderDesk.Figures;

import static org.assertj.core.api.Assertions.assertThat;

class MailAlertModuleTests extends MailFixture {

    @Test
    void anAlertIsOneConversationInThePersonsLanguage() {
        var anna = subscribed("en");
        var boris = subscribed("ru");
        var cause = cause();
        var alert = raise(cause, Severity.WARNING);
        send();

        var first = told(anna).getFirst();
        assertThat(told(anna)).hasSize(1);
        assertThat(subject(first)).isEqualTo("[Kontor] Corner shop: the reading of new orders fails");
        assertThat(text(first))
                .contains(
                        "This has come up. (warning)",
                        "Runs that failed in a row: 3.",
                        "curl -X POST https://kontor.example/api/v1/alerts/" + alert.id() + "/take",
                        "PATCH https://kontor.example/api/v1/mail/subscriptions/" + anna.id());
        assertThat(html(first)).contains("<b>Corner shop: the reading of new orders fails</b>");
        assertThat(header(first, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(first, "From")).isEqualTo("Kontor <kontor@shop.example>");
        assertThat(header(first, "In-Reply-To")).isNull();
        assertThat(told(boris)).singleElement().satisfies(mail -> {
            assertThat(subject(mail)).isEqualTo("[Kontor] Corner shop: сбой – чтение новых заказов");
            assertThat(text(mail)).contains("Это случилось. (предупреждение)", "Неудачных запусков подряд: 3.");
            assertThat(header(mail, "Message-ID")).isNotEqualTo(header(first, "Message-ID"));
        });

        raise(cause, Severity.CRITICAL);
        gone(cause);
        send(Duration.ofMinutes(6), Duration.ofMinutes(1));
        var mails = told(anna);
        assertThat(mails).hasSize(2);
        assertThat(text(mails.getLast())).contains("✅ This is over.").doesNotContain("/take");
        assertThat(subject(mails.getLast())).isEqualTo("Re: " + subject(first));
        assertThat(header(mails.getLast(), "In-Reply-To")).isEqualTo(header(first, "Message-ID"));
        assertThat(header(mails.getLast(), "References")).isEqualTo(header(first, "Message-ID"));
        assertThat(header(mails.getLast(), "Message-ID")).isNotEqualTo(header(first, "Message-ID"));
    }

    @Test
    void whatGetsWorseWakesUpOrIsTakenByNobodyIsToldAgain() {
        var anna = subscribed("en");
        var cause = cause();
        var alert = raise(cause, Severity.WARNING);
        send();
        raise(cause, Severity.CRITICAL);
        send();
        handling.snooze(alert.id(), "person " + anna.user(), clock.instant().plusSeconds(60), _ -> {});
        heard();
        tell(new AlertChanged(alert.id(), alert.kind(), Severity.CRITICAL, Change.WOKEN, clock.instant()));
        send();
        assertThat(told(anna)).as("what is snoozed is not told of").hasSize(2);
        handling.reopen(alert.id(), "person " + anna.user(), _ -> {});
        heard();
        var woken = new AlertChanged(alert.id(), alert.kind(), Severity.CRITICAL, Change.WOKEN, clock.instant());
        var escalated = new AlertEscalated(alert.id(), alert.kind(), Severity.CRITICAL, 1, clock.instant());
        for (var twice = 0; twice < 2; twice++) {
            tell(woken);
            send();
            tell(escalated);
            send();
        }
        assertThat(told(anna))
                .extracting(mail -> text(mail).lines().skip(1).findFirst().orElseThrow())
                .containsExactly(
                        "This has come up. (warning)",
                        "This has become worse. (critical)",
                        "This was put off, and is still so. (critical)",
                        "Nobody sees to this. (critical)");
    }

    @Test
    void whatIsOverBeforeItCouldBeToldIsNotTold() {
        var anna = subscribed("en");
        var cause = cause();
        raise(cause, Severity.WARNING);
        gone(cause);
        send(Duration.ofMinutes(10), Duration.ofMinutes(1));
        assertThat(told(anna)).isEmpty();
    }

    @Test
    void whatComesAndGoesWithinMinutesIsToldOnce() {
        var anna = subscribed("en");
        var cause = cause();
        raise(cause, Severity.WARNING);
        send();
        for (int time = 0; time < 5; time++) {
            gone(cause);
            send(Duration.ofMinutes(2), Duration.ofMinutes(1));
            raise(cause, Severity.WARNING);
            send(Duration.ofMinutes(2), Duration.ofMinutes(1));
        }
        assertThat(told(anna)).hasSize(1);
        gone(cause);
        send(Duration.ofMinutes(6), Duration.ofMinutes(1));
        assertThat(told(anna)).hasSize(2);
        raise(cause, Severity.WARNING);
        send();
        assertThat(told(anna)).hasSize(3);
        assertThat(text(told(anna).getLast())).contains("This has come back.");
    }

    @Test
    void onlyWhatIsWantedIsMailedAndNotInQuietHoursUnlessItIsCritical() {
        var anna = wishing(subscribed("en"), wishes -> wishes.hearing(Severity.WARNING, Set.of(AlertKind.OVERSELL)));
        var quiet = wishing(
                subscribed("en"), wishes -> wishes.in(ZoneOffset.UTC).quiet(LocalTime.of(22, 0), LocalTime.of(7, 0)));
        var gone = subscribed("en");
        upstream.persons.remove(gone.user());
        var midnight = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        clock.advance(Duration.between(clock.instant(), midnight));
        raise(cause("Quiet"), Severity.INFO);
        raise(cause("Soon"), Severity.WARNING);
        raise(cause("Now"), Severity.CRITICAL);
        raising.raise(
                new Cause(AlertKind.OVERSELL, Subject.of(sellers.open("None"))),
                Sighting.of(1, Facts.none(), clock.instant()));
        heard();
        send(Duration.ofHours(6), Duration.ofHours(1));
        assertThat(told(anna)).hasSize(2);
        assertThat(told(gone)).isEmpty();
        assertThat(told(quiet))
                .extracting(MailFixture::subject)
                .allMatch(it -> it.contains("Now") || it.contains("oversold"));
        clock.advance(Duration.between(clock.instant(), midnight.plus(Duration.ofHours(7))));
        send();
        assertThat(told(quiet)).extracting(MailFixture::subject).anyMatch(it -> it.contains("Soon"));
    }

    private void set(String name, String value) {
        settings.change(Map.of(name, value), person(Role.ADMINISTRATOR), _ -> {});
    }

    private List<String> hearing(Subscription subscription) {
        return told(subscription).stream().map(MailFixture::subject).toList();
    }

    @Test
    void whatNobodyTakesReachesAdministratorsWhoDidNotWishToHearOfIt() {
        var boss = wishing(
                subscribed(person(Role.ADMINISTRATOR), "en"),
                wishes -> wishes.hearing(Severity.CRITICAL, Set.of(AlertKind.SYNC_FAILING))
                        .in(ZoneOffset.UTC)
                        .quiet(LocalTime.of(0, 0), LocalTime.of(23, 59)));
        var viewer = wishing(
                subscribed(person(Role.VIEWER), "en"),
                wishes -> wishes.hearing(Severity.CRITICAL, Set.of(AlertKind.SYNC_FAILING)));
        var alert = raise(cause(), Severity.CRITICAL);
        send();
        assertThat(hearing(boss)).isEmpty();
        tell(new AlertEscalated(alert.id(), alert.kind(), Severity.CRITICAL, 1, clock.instant()));
        send();
        assertThat(told(boss))
                .singleElement()
                .satisfies(mail -> assertThat(text(mail)).contains("Nobody sees to this."));
        assertThat(hearing(viewer)).isEmpty();

        set("routes.escalated", "viewer");
        tell(new AlertEscalated(alert.id(), alert.kind(), Severity.CRITICAL, 2, clock.instant()));
        send();
        assertThat(hearing(boss)).hasSize(1);
        assertThat(hearing(viewer)).hasSize(1);
    }

    @Test
    void anAdministratorDecidesWhatIsMailedAndToWhom() {
        var manager = subscribed(person(Role.MANAGER), "en");
        var viewer = subscribed(person(Role.VIEWER), "en");
        set("routes.mail.roles", "manager,administrator");
        raise(cause("One"), Severity.WARNING);
        set("routes.mail.least", "critical");
        raise(cause("Two"), Severity.WARNING);
        raise(cause("Three"), Severity.CRITICAL);
        set("routes.mail.without", "sync-failing");
        raise(cause("Four"), Severity.CRITICAL);
        send();
        assertThat(hearing(manager))
                .containsExactlyInAnyOrder(
                        "[Kontor] One: the reading of new orders fails",
                        "[Kontor] Three: the reading of new orders fails");
        assertThat(hearing(viewer)).isEmpty();
    }

    @Test
    void aNameOfAnAccountCannotBecomeAHeaderOrAnElement() {
        var anna = subscribed("en");
        raise(cause("Evil\r\nBcc: victim@other.example\r\n\r\n<img src=x onerror=y>"), Severity.WARNING);
        send();
        var mail = told(anna).getFirst();
        assertThat(header(mail, "Bcc")).isNull();
        assertThat(subject(mail)).startsWith("[Kontor] Evil Bcc: victim@other.example <img");
        assertThat(html(mail)).contains("&lt;img src=x onerror=y&gt;").doesNotContain("<img");
        assertThat(server.getReceivedMessagesForDomain("other.example")).isEmpty();
    }

    @Test
    void theDigestComesOnceInTheMorning() {
        var anna = wishing(subscribed("ru"), wishes -> wishes.in(ZoneOffset.UTC).digest(LocalTime.of(7, 30)));
        upstream.placed.put(sellers.open("Corner <shop>"), new Figures(5, 2));
        var morning = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(24 + 7));
        clock.advance(Duration.between(clock.instant(), morning));
        digest.look();
        send();
        assertThat(told(anna)).isEmpty();
        clock.advance(Duration.ofMinutes(30));
        digest.look();
        digest.look();
        send();
        digest.look();
        send();
        assertThat(told(anna)).singleElement().satisfies(mail -> {
            assertThat(text(mail)).contains("Corner <shop>: 5, отменено 2", "/alerts");
            assertThat(html(mail)).contains("Corner &lt;shop&gt;: 5, отменено 2");
        });
    }
}
