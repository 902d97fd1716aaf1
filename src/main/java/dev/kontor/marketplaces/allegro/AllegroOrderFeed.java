package dev.kontor.marketplaces.allegro;

import java.time.Duration;
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

/** Allegro's orders: its event log, its checkout forms, and the list of them. */
@SecondaryAdapter
@Component
class AllegroOrderFeed implements OrderFeed {

    private static final Operation EVENTS = Operation.read("events", "orders.events");
    private static final Operation END = Operation.read("events", "orders.event-stats");
    private static final Operation ORDER = Operation.read("checkout-forms", "orders.order");
    private static final Operation LIST = Operation.read("checkout-forms", "orders.list");

    private static final String NO_SUCH_ORDER = "CheckoutFormNotFoundException";

    /** Events were up to half an hour late on bad days. */
    private static final Retention RETENTION =
            new Retention(Duration.ofDays(60), Duration.ofDays(365), Duration.ofMinutes(30));

    private final AllegroCalls calls;
    private final AllegroProperties properties;
    private final AllegroReader reader;

    AllegroOrderFeed(AllegroCalls calls, AllegroProperties properties, AllegroReader reader) {
        this.calls = calls;
        this.properties = properties;
        this.reader = reader;
    }

    @Override
    public Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection) {
        var from = after == null ? null : after.value();
        var limit = properties.eventPageSize();
        return calls.ask(
                EVENTS,
                connection,
                (api, bearer) -> api.events(bearer, from, limit),
                reply -> reader.changes(reply, after, limit, RETENTION.delay()));
    }

    @Override
    public Answer<LogEnd> end(Connection connection) {
        return calls.ask(END, connection, (api, bearer) -> api.eventStats(bearer), reader::end);
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        return calls.ask(
                ORDER, connection, (api, bearer) -> api.checkoutForm(bearer, externalId), new OneOrder(externalId));
    }

    private class OneOrder implements Translation<OrderReading> {
        private final String id;

        OneOrder(String id) {
            this.id = id;
        }

        @Override
        public OrderReading read(Reply reply) {
            return reader.order(reply, id);
        }

        @Override
        public Optional<Answer<OrderReading>> refused(Refusal refusal) {
            if (refusal.status() != 404) {
                return Optional.empty();
            }
            return Optional.of(
                    saysSo(refusal)
                            ? new Ok<>(new OrderReading.Gone())
                            : new Unavailable<>("a 404 that does not say that the order is gone"));
        }

        /** A gateway, or a wrong address, answers 404 as well, and says nothing about the order. */
        private static boolean saysSo(Refusal refusal) {
            return refusal.body()
                    .path("errors")
                    .valueStream()
                    .anyMatch(error -> error.path("code").asString("").equals(NO_SUCH_ORDER));
        }
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection) {
        var limit = properties.pageSize();
        var position = after == null
                ? ListPosition.start(period)
                : ListPosition.of(after).within(limit);
        var until = ListPosition.lastBefore(period.to());
        return calls.ask(
                LIST,
                connection,
                (api, bearer) -> api.checkoutForms(
                        bearer, position.firstAt(), ListPosition.TIME.format(until), limit, position.offset()),
                reply -> reader.page(reply, position, until, limit, after == null));
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        return reader.interpret(document, asOf);
    }

    @Override
    public Retention retention() {
        return RETENTION;
    }
}
