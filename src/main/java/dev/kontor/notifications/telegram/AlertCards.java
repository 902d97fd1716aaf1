package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Persons;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.telegram.AlertNews.What;
import dev.kontor.notifications.telegram.Bundles.Bundle;
import dev.kontor.notifications.telegram.Bundles.Member;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.notifications.wishes.Channel;
import dev.kontor.notifications.wishes.Telling;

/**
 * Tells chats of alerts: by a new card where somebody should look, and otherwise by changing the card that is there. A card
 * that nobody has seen yet is changed before it is sent, or not sent at all.
 *
 * <p>Nobody is called for what heals by itself before long, nor called several times for what has one origin: a new card
 * waits for a while unless it is critical, and what comes soon after a card of the same origin is put on that card at once,
 * and called for with all that came meanwhile when some time has passed.
 */
@WithBot
class AlertCards {

    private static final Logger log = LoggerFactory.getLogger(AlertCards.class);

    /** For as long as an alert may be open. */
    private static final Duration LIFETIME = Duration.ofDays(60);

    private final AlertNews news;
    private final Alerts alerts;
    private final Chats chats;
    private final Persons persons;
    private final Telling telling;
    private final Origins origins;
    private final Cards cards;
    private final Bundles bundles;
    private final Outbox outbox;
    private final Buttons buttons;
    private final TelegramProperties properties;
    private final TransactionOperations transaction;
    private final Clock clock;

    AlertCards(
            AlertNews news,
            Alerts alerts,
            Chats chats,
            Persons persons,
            Telling telling,
            Origins origins,
            Cards cards,
            Bundles bundles,
            Outbox outbox,
            Buttons buttons,
            TelegramProperties properties,
            TransactionOperations transaction,
            Clock clock) {
        this.news = news;
        this.alerts = alerts;
        this.chats = chats;
        this.persons = persons;
        this.telling = telling;
        this.origins = origins;
        this.cards = cards;
        this.bundles = bundles;
        this.outbox = outbox;
        this.buttons = buttons;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @return whether there was any news */
    boolean one() {
        var begun = new AtomicReference<AlertNews.@Nullable One>();
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                var next = news.mine() ? news.next() : Optional.<AlertNews.One>empty();
                next.ifPresent(one -> {
                    begun.set(one);
                    tell(one);
                    news.handled(one);
                });
                return next.isPresent();
            }));
        } catch (RuntimeException e) {
            var one = begun.get();
            if (one == null) {
                throw e;
            }
            log.warn("Alert {} cannot be told of as yet: {}", one.alert(), e.toString());
            news.later(one); // whatever is the matter with it, what comes after it is told
            return true;
        }
    }

    /** The card of a message whose button was pressed; empty where it shows one alert only, as any other does. */
    Optional<Cards.Card> together(Request request, Alert alert) {
        return bundles.of(alert.id(), request.chat().id())
                .filter(bundle -> Stream.of(
                                bundle.newest(),
                                Optional.ofNullable(bundle.shown()).orElse(""))
                        .anyMatch(key -> outbox.message(key)
                                .filter(number -> number == request.incoming().message())
                                .isPresent()))
                .filter(bundle -> bundles.members(bundle).size() > 1)
                .map(bundle -> card(bundle, request.talk()));
    }

    List<Alert> of(Bundle bundle) {
        return alerts.find(bundles.members(bundle).stream().map(Member::alert).toList());
    }

    private void tell(AlertNews.One one) {
        var alert = alerts.find(one.alert()).orElse(null);
        if (alert == null) {
            return;
        }
        boolean over = alert.state() == State.RESOLVED || alert.state() == State.SNOOZED;
        if (one.what() != What.CHANGED && !over) {
            boolean escalated = one.what() == What.ESCALATED;
            for (var chat : chats.all()) {
                persons.find(chat.user())
                        .flatMap(person ->
                                telling.when(Channel.TELEGRAM, person, chat.wishes(), alert, escalated, patient(alert)))
                        .ifPresent(due -> push(alert, chat, one, due));
            }
        }
        for (var bundle : bundles.of(alert.id())) {
            chats.find(bundle.chat()).ifPresent(chat -> refresh(bundle, chat, one));
        }
    }

    private void push(Alert alert, Chat chat, AlertNews.One one, Instant due) {
        var known = bundles.of(alert.id(), chat.id()).filter(bundle -> !outbox.isGone(bundle.newest()));
        if (known.isEmpty()) {
            join(alert, chat, one, due);
        } else if (one.what() != What.RAISED && one.what() != What.REOPENED) {
            again(known.get(), alert, chat, one, due);
        }
    }

    /** It is there and was told of, and somebody should look all the more. */
    private void again(Bundle bundle, Alert alert, Chat chat, AlertNews.One one, Instant due) {
        boolean rises = rises(alert, bundle);
        if (!rises && one.what() == What.ESCALATED && isSeenTo(bundle)) {
            return;
        }
        if (outbox.hurry(bundle.newest(), due)) {
            bundles.say(bundle, bundle.newest(), bundle.shown(), worst(alert, bundle));
        } else if (!rises && one.what() == What.ESCALATED && isInsistedOn(bundle)) {
            return;
        } else if (rises || !saidAt(bundle).plus(properties.holdBack()).isAfter(clock.instant())) {
            anew(bundle, alert, chat, key(alert, chat, one), due);
        }
    }

    /** Of one that was sent or is on its way; long ago where it waits again by now, because Telegram did not take it. */
    private Instant saidAt(Bundle bundle) {
        return outbox.saidAt(bundle.newest()).orElse(Instant.EPOCH);
    }

    /**
     * Whoever has taken some of it of late knows of the rest, or is called for that soon; it need not be insisted on one by
     * one.
     */
    private boolean isSeenTo(Bundle bundle) {
        var since = clock.instant().minus(properties.again());
        return of(bundle).stream().anyMatch(alert -> alert.state() == State.TAKEN)
                && Stream.of(
                                bundle.newest(),
                                Optional.ofNullable(bundle.shown()).orElse(""))
                        .flatMap(key -> outbox.saidAt(key).stream())
                        .anyMatch(at -> at.isAfter(since));
    }

    /** Whoever was called again for what is not critical, and does not take it, sees it in his chat. */
    private static boolean isInsistedOn(Bundle bundle) {
        return bundle.severity() != Severity.CRITICAL
                && bundle.newest().contains("/" + What.ESCALATED + "-")
                && !bundle.newest().equals(bundle.key()); // by which he was called for the first time
    }

    private static boolean rises(Alert alert, Bundle bundle) {
        return alert.severity().compareTo(bundle.severity()) > 0;
    }

    private static Severity worst(Alert alert, Bundle bundle) {
        return rises(alert, bundle) ? alert.severity() : bundle.severity();
    }

    private void join(Alert alert, Chat chat, AlertNews.One one, Instant due) {
        var now = clock.instant();
        var origin = alert.severity() != Severity.CRITICAL && chat.wishes().isQuiet(patient(alert))
                ? Origins.NIGHT
                : origins.of(alert);
        var open = bundles.last(chat.id(), origin).filter(bundle -> isOpen(bundle, now));
        var key = key(alert, chat, one);
        if (open.isEmpty()) {
            var bundle = bundles.open(key, chat.id(), origin, alert.severity(), now);
            bundles.join(alert.id(), bundle, now);
            outbox.say(key, chat.chat(), message(bundle, chat), due);
            return;
        }
        var bundle = open.get();
        bundles.join(alert.id(), bundle, now);
        if (rises(alert, bundle)) {
            if (outbox.hurry(bundle.newest(), due)) {
                bundles.say(bundle, bundle.newest(), bundle.shown(), alert.severity());
            } else {
                anew(bundle, alert, chat, key, due);
            }
        } else if (!outbox.waits(bundle.newest())) {
            var later = saidAt(bundle).plus(properties.again());
            var next = bundles.say(bundle, key, bundle.newest(), bundle.severity());
            outbox.say(key, chat.chat(), message(next, chat), later.isAfter(due) ? later : due);
        }
    }

    private boolean isOpen(Bundle bundle, Instant now) {
        return !outbox.isGone(bundle.newest())
                && outbox.saidAt(bundle.newest())
                        .map(at -> at.plus(properties.again()).isAfter(now))
                        .orElse(true);
    }

    /** The old card makes room. */
    private void anew(Bundle bundle, Alert alert, Chat chat, String key, Instant due) {
        for (var old : Stream.of(
                        bundle.newest(), Optional.ofNullable(bundle.shown()).orElse(""))
                .filter(it -> !it.isEmpty())
                .toList()) {
            makeRoom(bundle, chat, old, key);
        }
        var next = bundles.say(bundle, key, null, worst(alert, bundle));
        outbox.say(key, chat.chat(), message(next, chat), due);
    }

    private void makeRoom(Bundle bundle, Chat chat, String old, String why) {
        var line = cards.line(chat.talk(), bundle.origin(), of(bundle));
        outbox.edit(why + "/old/" + old, chat.chat(), new Outgoing.Edit(0, line, List.of()), old);
    }

    /** The cards that are there say how it stands now. */
    private void refresh(Bundle bundle, Chat chat, AlertNews.One one) {
        var newest = bundle.newest();
        var shown = bundle.shown();
        if (outbox.isGone(newest)) {
            return; // nobody has heard of it, or he does not want to see it any more
        }
        if (shown == null) {
            if (of(bundle).stream().allMatch(alert -> alert.state() == State.RESOLVED) && outbox.withdraw(newest)) {
                return; // nobody has heard of it
            }
            if (!outbox.revise(newest, message(bundle, chat), null)) {
                edit(bundle, chat, newest, one);
            }
        } else if (!isAnyNew(bundle, shown) && outbox.withdraw(newest)) {
            edit(bundles.say(bundle, shown, null, bundle.severity()), chat, shown, one);
        } else if (outbox.revise(newest, message(bundle, chat), null)) {
            edit(bundle, chat, shown, one);
        } else {
            edit(bundle, chat, newest, one);
            makeRoom(bundle, chat, shown, newest);
            bundles.say(bundle, newest, null, bundle.severity());
        }
    }

    /** Whether somebody should be called for what has come since that message. */
    private boolean isAnyNew(Bundle bundle, String shown) {
        var since = outbox.saidAt(shown).orElse(Instant.EPOCH);
        var fresh = bundles.members(bundle).stream()
                .filter(member -> member.joinedAt().isAfter(since))
                .map(Member::alert)
                .toList();
        return alerts.find(fresh).stream().anyMatch(alert -> alert.state() == State.OPEN);
    }

    private void edit(Bundle bundle, Chat chat, String target, AlertNews.One one) {
        var message = message(bundle, chat);
        outbox.edit(target + "/" + one.id(), chat.chat(), new Outgoing.Edit(0, message.text(), message.keys()), target);
    }

    private static String key(Alert alert, Chat chat, AlertNews.One one) {
        return "alert/" + alert.id() + "/" + chat.id() + "/" + one.what() + "-" + one.id();
    }

    /** What heals by itself before then is nothing to call somebody for. */
    private Instant patient(Alert alert) {
        var now = clock.instant();
        var patient = alert.firstSeenAt().plus(properties.holdBack());
        return alert.severity() == Severity.CRITICAL || patient.isBefore(now) ? now : patient;
    }

    /** What is over by now is among it: who was called for the rest is told of it so. */
    private Outgoing.Message message(Bundle bundle, Chat chat) {
        var card = card(bundle, chat.talk());
        return new Outgoing.Message(card.text(), buttons.keep(chat.chat(), card.buttons(), LIFETIME), false);
    }

    private Cards.Card card(Bundle bundle, Talk talk) {
        return cards.of(talk, bundle.key(), bundle.origin(), of(bundle));
    }
}
