package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/** Wix's orders: a search by the time of their change stands for a log, one by the time of their creation is the list. */
@SecondaryAdapter
@Component
class WixOrderFeed implements OrderFeed {

    private static final Operation CHANGES = Operation.read("search", "orders.changes");
    private static final Operation END = Operation.read("search", "orders.newest");
    private static final Operation LIST = Operation.read("search", "orders.list");
    private static final Operation ORDER = Operation.read("orders", "orders.order");

    private static final String NO_SUCH_ORDER = "ORDER_NOT_FOUND";

    private final WixCalls calls;
    private final WixProperties properties;
    private final WixReader reader;

    WixOrderFeed(WixCalls calls, WixProperties properties, WixReader reader) {
        this.calls = calls;
        this.properties = properties;
        this.reader = reader;
    }

    @Override
    public Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection) {
        var place = SearchPlace.of(after);
        var from = OrderSearch.oldestFirst(WixOrder.CHANGED, begin(place), null, properties.pageSize());
        return search(CHANGES, connection, place, from, reply -> reader.changes(reply, place));
    }

    /** A new look begins before the end of the last one, for a search learns of some changes late. */
    private @Nullable Instant begin(SearchPlace place) {
        var reached = place.reached();
        return reached == null || place.further() != null ? reached : reached.minus(properties.overlap());
    }

    @Override
    public Answer<LogEnd> end(Connection connection) {
        return search(END, connection, SearchPlace.START, OrderSearch.newest(WixOrder.CHANGED), reader::end);
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection) {
        var place = SearchPlace.of(after);
        var reached = place.reached();
        var from = OrderSearch.oldestFirst(
                WixOrder.PLACED, reached == null ? period.from() : reached, period.to(), properties.pageSize());
        return search(LIST, connection, place, from, reply -> reader.page(reply, place));
    }

    /** @param from where to begin, or to begin anew when Wix does not know its cursor any more */
    private <T> Answer<T> search(
            Operation operation,
            Connection connection,
            SearchPlace place,
            OrderSearch from,
            Translation<T> translation) {
        var further = place.further();
        if (further != null) {
            var question = OrderSearch.further(further, properties.pageSize());
            var answer = calls.ask(
                    operation, connection, (api, permission) -> api.search(permission, question), translation);
            if (!(answer instanceof Answer.Rejected<T>)) {
                return answer;
            }
        }
        return calls.ask(operation, connection, (api, permission) -> api.search(permission, from), translation);
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        return calls.ask(
                ORDER, connection, (api, permission) -> api.order(permission, externalId), new OneOrder(externalId));
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
                    WixTranslation.code(refusal).equals(NO_SUCH_ORDER)
                            ? new Ok<>(new OrderReading.Gone())
                            : new Unavailable<>("a 404 that does not say that the order is gone"));
        }
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        return reader.interpret(document, asOf);
    }

    /** Orders and the time of their last change stay for ever. */
    @Override
    public Retention retention() {
        return new Retention(properties.history(), properties.history(), properties.overlap());
    }
}
