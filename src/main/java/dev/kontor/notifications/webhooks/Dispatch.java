package dev.kontor.notifications.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.notifications.couriers.Signal;
import dev.kontor.notifications.webhooks.Deliveries.Claimed;

/**
 * Takes what is due and sends it. What an instance takes is leased to it, so any number of them share the work, and what one
 * has that died is sent by another one when the lease ends.
 */
@Component
class Dispatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final Secrets secrets;
    private final Disclosure disclosure;
    private final Sender sender;
    private final Settling settling;
    private final WebhookProperties properties;
    private final TransactionOperations transaction;
    private final Signal signal;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Dispatch(
            Endpoints endpoints,
            Deliveries deliveries,
            Secrets secrets,
            Disclosure disclosure,
            Sender sender,
            Settling settling,
            WebhookProperties properties,
            TransactionOperations transaction,
            Signal webhookSignal,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.disclosure = disclosure;
        this.sender = sender;
        this.settling = settling;
        this.properties = properties;
        this.transaction = transaction;
        this.signal = webhookSignal;
        this.clock = clock;
    }

    private record Batch(Endpoint endpoint, List<Claimed> deliveries) {}

    /** @return what is on its way now; each ends when what came of it is stored */
    List<Future<?>> round() {
        var sent = new ArrayList<Future<?>>();
        for (var endpoint : endpoints.due(clock.instant())) {
            var batches = Objects.requireNonNull(transaction.execute(_ -> claim(endpoint)));
            for (var batch : batches) {
                batch.deliveries().forEach(it -> sent.add(threads.submit(() -> send(batch.endpoint(), it))));
            }
        }
        return sent;
    }

    private List<Batch> claim(EndpointId id) {
        var now = clock.instant();
        return endpoints
                .claim(id, now)
                .map(endpoint -> new Batch(
                        endpoint,
                        deliveries.claim(
                                id, UUID.randomUUID(), now, now.plus(properties.lease()), free(endpoint, now))))
                .stream()
                .toList();
    }

    /** One that fails is asked by one message at a time. */
    private int free(Endpoint endpoint, Instant now) {
        int atOnce = endpoint.failingSince() == null ? properties.atOnce() : 1;
        return Math.max(0, atOnce - deliveries.leased(endpoint.id(), now));
    }

    /** Whatever one endpoint lacks keeps no other one waiting. */
    private void send(Endpoint endpoint, Claimed delivery) {
        try {
            var keys = secrets.open(endpoint.id(), clock.instant());
            var attempt =
                    sender.send(endpoint.url(), delivery.message(), disclosure.to(endpoint, delivery.body()), keys);
            settling.settle(endpoint.id(), delivery, attempt);
        } catch (RuntimeException e) {
            log.warn(
                    "A webhook could not be sent, or what came of it not be stored; it is sent again when its lease ends",
                    e);
        } finally {
            signal.give();
        }
    }

    /** What is on its way may arrive. */
    @Override
    public void close() {
        threads.close();
    }
}
