package dev.kontor.notifications.mail;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.digest.DayReport;
import dev.kontor.notifications.mail.MailOutbox.Claimed;
import dev.kontor.notifications.mail.MailOutbox.Kind;
import dev.kontor.notifications.mail.MailOutbox.Occasion;
import dev.kontor.notifications.texts.AlertTexts;
import dev.kontor.notifications.texts.Talk;

/** Finds the words of what waits, as things are now. */
@Component
class Letters {

    static final String SUBSCRIPTIONS = "/api/v1/mail/subscriptions/";
    static final String UNSUBSCRIPTIONS = "/api/v1/mail/unsubscriptions/";

    private final Alerts alerts;
    private final AlertTexts texts;
    private final DayReport report;
    private final MailOutbox outbox;
    private final MailProperties properties;

    Letters(Alerts alerts, AlertTexts texts, DayReport report, MailOutbox outbox, MailProperties properties) {
        this.alerts = alerts;
        this.texts = texts;
        this.report = report;
        this.outbox = outbox;
        this.properties = properties;
    }

    /** @param html text and elements; what people wrote is escaped in it */
    private record Words(String subject, List<String> html) {}

    /** With a code by which the address is shown to be its person's. */
    Letter code(Claimed mail, Subscription to, String code) {
        var talk = talk(to);
        var verify = properties.address(SUBSCRIPTIONS + to.id() + "/verify");
        var words = new Words(
                talk.plain("code.subject"), List.of(talk.say("code.text", code), talk.say("code.how", verify, code)));
        return letter(mail, to, words, List.of(talk.say("code.stranger")), null);
    }

    /** Empty where it is not of interest any more. */
    Optional<Letter> words(Claimed mail, Subscription to) {
        return switch (mail.kind()) {
            case CODE -> Optional.empty();
            case ALERT -> alert(mail, to, Objects.requireNonNull(mail.alert()));
            case DIGEST -> Optional.of(digest(mail, to, Objects.requireNonNull(mail.day())));
        };
    }

    private Optional<Letter> alert(Claimed mail, Subscription to, AlertId id) {
        return alerts.find(id).filter(alert -> isOfInterest(mail, to, alert)).map(alert -> {
            var talk = talk(to);
            var speech = texts.in(to.wishes().language());
            var title = speech.title(alert);
            var html = new ArrayList<String>();
            html.add(talk.say(
                    "alert",
                    talk.word("severity", alert.severity().name()),
                    title,
                    talk.word(
                            "occasion", Objects.requireNonNull(mail.occasion()).name()),
                    speech.text(alert),
                    alert.firstSeenAt(),
                    alert.count()));
            if (alert.state() != State.RESOLVED) {
                html.add(talk.say("alert.actions", properties.address("/api/v1/alerts/" + id)));
            }
            var subject = (mail.opens() ? "" : "Re: ") + talk.plain("alert.subject", title);
            return letter(mail, to, new Words(subject, html), footer(talk, to), thread(to, id));
        });
    }

    private boolean isOfInterest(Claimed mail, Subscription to, Alert alert) {
        boolean over = alert.state() == State.RESOLVED;
        return mail.occasion() == Occasion.RESOLVED
                ? over && outbox.isTold(to.id(), alert.id())
                : !over && alert.state() != State.SNOOZED;
    }

    private Letter digest(Claimed mail, Subscription to, LocalDate day) {
        var talk = talk(to);
        var lines = report.lines(Talk.of(talk.language(), talk.zone()), day);
        var html = new ArrayList<>(lines);
        html.add(talk.say("digest.actions", properties.address("/api/v1/alerts?state=OPEN")));
        return letter(mail, to, new Words(talk.plain("digest.subject", day), html), footer(talk, to), null);
    }

    private List<String> footer(Talk talk, Subscription to) {
        var footer = new ArrayList<String>();
        footer.add(talk.say("footer", properties.address(SUBSCRIPTIONS + to.id())));
        var unsubscribe = unsubscribe(to);
        if (unsubscribe != null) {
            footer.add(talk.say("footer.unsubscribe", unsubscribe));
        }
        return footer;
    }

    private @Nullable String unsubscribe(Subscription to) {
        return properties.url() == null ? null : properties.address(UNSUBSCRIPTIONS + to.token());
    }

    private Letter letter(
            Claimed mail, Subscription to, Words words, List<String> footer, @Nullable String conversation) {
        var html = "<!DOCTYPE html><html lang=\"" + to.wishes().language().getLanguage()
                + "\"><head><meta charset=\"utf-8\"></head><body>" + paragraphs(words.html()) + "<hr><small>"
                + paragraphs(footer) + "</small></body></html>";
        var text = plain(String.join("\n\n", words.html())) + "\n\n-- \n" + plain(String.join("\n", footer)) + "\n";
        return new Letter(
                to.address(),
                conversation != null && mail.opens()
                        ? conversation
                        : "mail." + Codes.name(mail.key()) + "@" + properties.domain(),
                mail.opens() ? null : conversation,
                oneLine(words.subject()),
                text,
                html,
                mail.kind() == Kind.CODE ? null : unsubscribe(to));
    }

    private String thread(Subscription to, AlertId alert) {
        return "alert." + alert + "." + to.id() + "@" + properties.domain();
    }

    private static Talk talk(Subscription to) {
        return Talk.mail(to.wishes().language(), to.wishes().zone());
    }

    private static String paragraphs(List<String> html) {
        return html.stream()
                .map(one -> "<p>" + one.replace("\n", "<br>\n") + "</p>\n")
                .collect(Collectors.joining());
    }

    private static String plain(String html) {
        return html.replaceAll("</?[a-z]+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** A name may have anything in it; a line that ends would begin another header. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
