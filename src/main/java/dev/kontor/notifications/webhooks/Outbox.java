package dev.kontor.notifications.webhooks;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.notifications.couriers.Signal;

/** Makes messages of news, for the endpoints that asked for such. Where there is no endpoint nothing is kept. */
@Component
class Outbox {

    private final Endpoints endpoints;
    private final Messages messages;
    private final Deliveries deliveries;
    private final Signal signal;
    private final Clock clock;

    Outbox(Endpoints endpoints, Messages messages, Deliveries deliveries, Signal webhookSignal, Clock clock) {
        this.endpoints = endpoints;
        this.messages = messages;
        this.deliveries = deliveries;
        this.signal = webhookSignal;
        this.clock = clock;
    }

    /** In the transaction of the listener, so that an event is heard and told or neither. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(News news) {
        put(List.of(news.subject()), () -> List.of(news));
    }

    /** @param news what to say of the objects, looked up when nobody else tells of them */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(Collection<String> subjects, Supplier<List<News>> news) {
        if (subjects.isEmpty() || !endpoints.any()) {
            return;
        }
        messages.lock(subjects, clock.instant());
        var now = clock.instant(); // after the wait, in which an endpoint may have been disabled
        var added = messages.add(news.get(), now);
        if (!added.isEmpty()) {
            deliveries.add(added, now);
            signal.giveAfterCommit();
        }
    }
}
