package dev.kontor.operations.silence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Capabilities.Support;
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderFeed.LogEnd;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.Period;
import dev.kontor.operations.silence.Silence.Asked;
import dev.kontor.operations.silence.Silence.Place;
import dev.kontor.orders.OrderFlow;
import dev.kontor.orders.OrderFlow.Standing;

/**
 * Asks a marketplace whether it has what Kontor does not know of, by other ways than the feed's. Where it has a log of its own,
 * its end is compared with where the feed stands: a feed that has asked since, and has not moved, is frozen. And orders that it
 * lists, and that were placed before the moment up to which the feed takes every sale for known, must be known. What the feed
 * may still hear of in time, and one that does not ask at all, are no matter of the canary's.
 */
@Component
class Asking {

    /** Who has heard of nothing for longer has the proof of the day to find it. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private static final int PAGES = 3;

    private final OrderFlow flow;
    private final Connections connections;
    private final Marketplaces marketplaces;
    private final Clock clock;

    Asking(OrderFlow flow, Connections connections, Marketplaces marketplaces, Clock clock) {
        this.flow = flow;
        this.connections = connections;
        this.marketplaces = marketplaces;
        this.clock = clock;
    }

    /** Outside any transaction. @param interval since the question before, as a rule */
    Asked ask(AccountView account, Asked before, Standing standing, Duration interval) {
        var at = clock.instant();
        var log = log(account, before, standing, at);
        if (log.failure != null) {
            return failed(before, at, log.failure);
        }
        var list = list(account.id(), before, standing, interval);
        if (list.failure != null) {
            return failed(before, at, list.failure);
        }
        var found = log.frozen ? Canary.FROZEN : list.unheard > 0 ? Canary.UNHEARD : Canary.NOTHING_NEW;
        return new Asked(
                at,
                found,
                null,
                list.unheard > 0 ? before.comparedTo() : list.comparedTo,
                log.behind,
                broken(before, standing, found, at),
                list.unheard,
                list.unheardSince);
    }

    /** It works again when the feed moves on; that somebody else fetched the orders is no sign of it. */
    private static @Nullable Place broken(Asked before, Standing standing, Canary found, Instant at) {
        var position = position(standing);
        var broken = before.broken();
        if (broken != null && broken.position().equals(position)) {
            return broken;
        }
        return found == Canary.NOTHING_NEW ? null : new Place(position, broken == null ? at : broken.at());
    }

    private static String position(Standing standing) {
        var position = standing.position();
        return position == null ? "" : position.value();
    }

    // The log

    private record Log(
            boolean frozen,
            @Nullable Place behind,
            @Nullable Answer<?> failure) {}

    private Log log(AccountView account, Asked before, Standing standing, Instant at) {
        if (!hasALogOfItsOwn(account)) {
            return new Log(false, null, null);
        }
        var answer = call(
                account.id(), (marketplace, connection) -> marketplace.orders().end(connection));
        if (!(answer instanceof Answer.Ok<LogEnd>(var end))) {
            return new Log(false, before.behind(), answer);
        }
        if (end.position() == null || Objects.equals(end.position(), standing.position())) {
            return new Log(false, null, null);
        }
        var behind = before.behind();
        if (behind == null || !behind.position().equals(position(standing))) {
            return new Log(false, new Place(position(standing), at), null);
        }
        return new Log(standing.readAt().isAfter(behind.at()), behind, null);
    }

    /** A cursor that an adapter makes up, such as a time, may be another one although nothing is new. */
    private boolean hasALogOfItsOwn(AccountView account) {
        var stances = marketplaces.get(account.marketplace()).capabilities().stances();
        return stances.get(Capability.ORDER_CHANGES) == Support.NATIVE;
    }

    // The list

    private record Listed(
            int unheard,
            @Nullable Instant unheardSince,
            Instant comparedTo,
            @Nullable Answer<?> failure) {}

    private Listed list(AccountId account, Asked before, Standing standing, Duration interval) {
        var due = earlier(standing.watermark(), clock.instant());
        var from = earlier(from(before, standing, due), due.minus(interval));
        Cursor position = null;
        var reached = from;
        for (int page = 0; page < PAGES; page++) {
            var after = position;
            var answer = call(
                    account,
                    (marketplace, connection) ->
                            marketplace.orders().placedWithin(new Period(from, due), after, connection));
            if (!(answer instanceof Answer.Ok<OrderPage>(var listed))) {
                return new Listed(0, null, due, answer);
            }
            var unheard = unheard(account, listed, standing.startedAt(), due);
            if (unheard.unheard > 0 || listed.next() == null) {
                return unheard;
            }
            position = listed.next();
            reached = newest(listed, reached);
        }
        return new Listed(0, null, reached, null); // the rest has its turn the next time
    }

    private static Instant newest(OrderPage page, Instant reached) {
        return page.orders().stream()
                .map(MarketplaceOrder::placedAt)
                .filter(reached::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(reached);
    }

    private static Instant from(Asked before, Standing standing, Instant due) {
        var unheardSince = before.unheardSince();
        var comparedTo = before.comparedTo();
        var from = unheardSince != null ? unheardSince : comparedTo != null ? comparedTo : due;
        var earliest = due.minus(LONGEST);
        return from.isBefore(earliest) ? earliest : from.isBefore(standing.startedAt()) ? standing.startedAt() : from;
    }

    private Listed unheard(AccountId account, OrderPage page, Instant startedAt, Instant due) {
        var placed = page.orders().stream()
                .filter(order -> !order.placedAt().isBefore(startedAt)
                        && order.placedAt().isBefore(due))
                .collect(Collectors.toMap(MarketplaceOrder::externalId, MarketplaceOrder::placedAt, (one, _) -> one));
        var unheard = flow.unheard(account, placed.keySet());
        var since = unheard.stream().map(placed::get).min(Comparator.naturalOrder());
        return new Listed(unheard.size(), since.orElse(null), due, null);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private <T> Answer<T> call(AccountId account, BiFunction<Marketplace, Connection, Answer<T>> question) {
        return connections.call(account, Lane.BACKFILL, question);
    }

    private static Asked failed(Asked before, Instant at, Answer<?> failure) {
        var found = switch (failure) {
            case Answer.Unavailable<?> _ -> Canary.DOWN;
            case Answer.Malformed<?> _ -> Canary.DOWN;
            case Answer.Throttled<?> _ -> Canary.HELD;
            case Answer.Unauthorized<?> _ -> Canary.REFUSED;
            case Answer.Rejected<?> _ -> Canary.REFUSED;
            case Answer.Ok<?> _ -> throw new IllegalStateException("no failure");
        };
        return new Asked(
                at,
                found,
                failure.failure(),
                before.comparedTo(),
                before.behind(),
                before.broken(),
                before.unheard(),
                before.unheardSince());
    }
}
