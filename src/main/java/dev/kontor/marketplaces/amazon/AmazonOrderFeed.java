package dev.kontor.marketplaces.amazon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Malformed;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/**
 * Amazon's orders: a search by the time of their change stands for a log, one by the time of their creation is the list.
 * Where there is a queue, changes are known from it long before the next search.
 */
@SecondaryAdapter
@Component
class AmazonOrderFeed implements OrderFeed {

    private static final Operation CHANGES = Operation.read("search", "orders.changes");
    private static final Operation LIST = Operation.read("search", "orders.list");
    private static final Operation ORDER = Operation.read("orders", "orders.order");

    private static final String INVALID = "InvalidInput";

    /** How far Amazon's clock and Kontor's may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    /** An end nearer than this is refused. */
    private static final Duration TOO_NEAR = Duration.ofMinutes(2).plus(CLOCKS);

    private final AmazonCalls calls;
    private final AmazonProperties properties;
    private final AmazonReader reader;
    private final AmazonQueue queue;
    private final Clock clock;
    private final SearchPace pace;

    AmazonOrderFeed(
            AmazonCalls calls, AmazonProperties properties, AmazonReader reader, AmazonQueue queue, Clock clock) {
        this.calls = calls;
        this.properties = properties;
        this.reader = reader;
        this.queue = queue;
        this.clock = clock;
        this.pace = new SearchPace(properties.searchInterval(), clock);
    }

    @Override
    public Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection) {
        var seller = new AmazonCredentials(connection.credentials()).seller();
        var before = ChangePlace.of(after);
        if (before.told() != null) {
            queue.stored(seller, before.told());
        }
        var waiting = queue.waiting(seller);
        var place = before.telling(null);
        return with(waiting, place, pace.paced(connection.account(), place, () -> search(place, connection)));
    }

    /**
     * What the queue tells must not wait for a search. One that failed is repeated once that is stored, and tells then
     * what is the matter; one that has no turn has it later.
     */
    private Answer<ChangePage> with(AmazonQueue.Waiting waiting, ChangePlace place, Answer<ChangePage> search) {
        var nothing = waiting.batch() == null;
        return switch (search) {
            case Ok<ChangePage>(var page) -> nothing ? search : new Ok<>(joined(waiting, page));
            case Throttled<ChangePage> throttled ->
                queue.configured() ? new Ok<>(joined(waiting, unsearched(place, false))) : throttled;
            case Unauthorized<ChangePage> unauthorized -> unauthorized;
            case Rejected<ChangePage> rejected ->
                nothing ? rejected : new Ok<>(joined(waiting, unsearched(place, true)));
            case Unavailable<ChangePage> unavailable ->
                nothing ? unavailable : new Ok<>(joined(waiting, unsearched(place, true)));
            case Malformed<ChangePage> malformed ->
                nothing ? malformed : new Ok<>(joined(waiting, unsearched(place, true)));
        };
    }

    private static ChangePage unsearched(ChangePlace place, boolean more) {
        return new ChangePage(List.of(), List.of(), place.cursor(), more, Instant.EPOCH);
    }

    private static ChangePage joined(AmazonQueue.Waiting waiting, ChangePage page) {
        return new ChangePage(
                Stream.concat(waiting.changes().stream(), page.changes().stream())
                        .toList(),
                Stream.concat(waiting.unreadable().stream(), page.unreadable().stream())
                        .toList(),
                ChangePlace.of(page.next()).telling(waiting.batch()).cursor(),
                page.more(),
                page.watermark());
    }

    /** A new look begins before the end of the last one, for a search learns of some changes late. */
    private Answer<ChangePage> search(ChangePlace place, Connection connection) {
        var further = place.search();
        if (further != null) {
            var answer = search(place, further.from(), further.token(), connection);
            if (!isForgotten(answer)) {
                return answer;
            }
        }
        var reached = place.reached();
        var from = reached == null ? oldest() : reached.minus(properties.overlap());
        return search(place.withoutSearch(), from, null, connection);
    }

    private Answer<ChangePage> search(ChangePlace place, Instant from, @Nullable String token, Connection connection) {
        var question = OrderQuestion.changedSince(from, marketplaces(connection), properties.pageSize(), token);
        return calls.ask(
                CHANGES,
                AmazonLimits.SEARCH_ORDERS,
                connection,
                (api, permission) -> api.searchOrders(permission, question.parameters()),
                reply -> reader.changes(reply, place, from));
    }

    /** A search for what the clock tells would cost minutes. */
    @Override
    public Answer<LogEnd> end(Connection connection) {
        var now = clock.instant().minus(CLOCKS).truncatedTo(ChronoUnit.MILLIS);
        return new Ok<>(new LogEnd(ChangePlace.START.reaching(now).cursor()));
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection) {
        if (after == null) {
            return list(period, from(period.from(), period), connection);
        }
        var place = ListPlace.of(after);
        var answer = list(period, place, connection);
        if (!isForgotten(answer)) {
            return answer;
        }
        var reached = place.reached();
        return list(period, from(reached == null ? period.from() : reached, period), connection);
    }

    /** The end is asked for inclusively, and may lie in the future, where Amazon refuses to look. */
    private ListPlace from(Instant from, Period period) {
        var latest = clock.instant().minus(TOO_NEAR);
        return ListPlace.start(from, period.to().isAfter(latest) ? null : OrderQuestion.text(period.to()));
    }

    private Answer<OrderPage> list(Period period, ListPlace place, Connection connection) {
        if (place.from().isAfter(clock.instant().minus(properties.delay()))) {
            return new Ok<>(new OrderPage(List.of(), List.of(), null, null)); // Amazon knows nothing of it yet
        }
        var question = OrderQuestion.created(
                place.from(), place.before(), marketplaces(connection), properties.pageSize(), place.token());
        return calls.ask(
                LIST,
                AmazonLimits.SEARCH_ORDERS,
                connection,
                (api, permission) -> api.searchOrders(permission, question.parameters()),
                reply -> reader.page(reply, period, place));
    }

    /** A token is good for a day. */
    private static boolean isForgotten(Answer<?> answer) {
        return answer instanceof Rejected<?>(var code, var reason) && code.equals(INVALID);
    }

    private Instant oldest() {
        return clock.instant().minus(properties.history());
    }

    private static List<String> marketplaces(Connection connection) {
        return new AmazonCredentials(connection.credentials()).marketplaces();
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        return calls.ask(
                ORDER,
                AmazonLimits.ORDER,
                connection,
                (api, permission) -> api.order(permission, externalId, OrderQuestion.EVERYTHING),
                new OneOrder(externalId));
    }

    private final class OneOrder implements Translation<OrderReading> {
        private final String id;

        OneOrder(String id) {
            this.id = id;
        }

        @Override
        public OrderReading read(Reply reply) {
            return reader.order(reply, id);
        }

        /** A gateway, or a wrong address, answers 404 as well, and says nothing about the order. */
        @Override
        public Optional<Answer<OrderReading>> refused(Refusal refusal) {
            if (refusal.status() != 404) {
                return Optional.empty();
            }
            return Optional.of(
                    refusal.body().path("errors").isArray()
                            ? new Ok<>(new OrderReading.Gone())
                            : new Unavailable<>("a 404 that does not say that the order is gone"));
        }
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        return reader.interpret(document, asOf);
    }

    @Override
    public Retention retention() {
        return new Retention(properties.history(), properties.history(), properties.overlap());
    }
}
