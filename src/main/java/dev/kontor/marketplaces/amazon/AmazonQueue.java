package dev.kontor.marketplaces.amazon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.UnreadableRecord;

/**
 * The queue in which Amazon tells that orders have changed, for all sellers that authorized the application. A message
 * is taken out only once what it led to is stored; until then it comes back, here or at another instance.
 */
@Component
class AmazonQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AmazonQueue.class);

    private static final int AT_ONCE = 10;
    private static final int ENOUGH = 100;

    /** Also where most of what there is is for others. */
    private static final int ROUNDS = 100;

    /** After so long whoever a message is for has found by searching what it tells, or nobody here asks for him any more. */
    private static final Duration OLD = Duration.ofHours(1);

    /** How long nobody else sees a message that was received. */
    private static final Duration HIDDEN = Duration.ofMinutes(5);

    /** After a failure, so that feeds do not wait for the queue again and again. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final @Nullable SqsClient client;
    private final String url;
    private final Drift drift;
    private final Clock clock;
    private final Map<String, Inbox> inboxes = new HashMap<>();
    private boolean broken;
    private Instant nextTry = Instant.MIN;

    AmazonQueue(AmazonProperties properties, Drift drift, Clock clock) {
        var queue = properties.queue();
        this.client = queue.configured() ? client(queue) : null;
        this.url = queue.url();
        this.drift = drift;
        this.clock = clock;
    }

    private static SqsClient client(AmazonProperties.Queue queue) {
        require(queue.url().matches("https?://[^/\\s]+/\\S+"), "url", "is not the address of a queue.");
        require(!queue.accessKey().isBlank(), "access-key", "is missing, and the queue is not read without one.");
        require(!queue.secretKey().isBlank(), "secret-key", "is missing, and the queue is not read without one.");
        return SqsClient.builder()
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(15))
                        .build())
                .overrideConfiguration(settings -> settings.apiCallTimeout(Duration.ofSeconds(10))
                        .addExecutionInterceptor(new PermittedCalls(queue.server())))
                .endpointOverride(queue.server())
                .region(Region.of(queue.signingRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(queue.accessKey(), queue.secretKey())))
                .build();
    }

    private static void require(boolean holds, String setting, String problem) {
        if (!holds) {
            var variable =
                    "KONTOR_AMAZON_QUEUE_" + setting.toUpperCase(Locale.ROOT).replace('-', '_');
            throw new InvalidConfigurationPropertyValueException(
                    "kontor.amazon.queue." + setting, null, variable + " " + problem); // it may be a secret
        }
    }

    /** Messages for one seller that were received and not taken out yet; those that wait too long will be received again. */
    private static final class Inbox {
        private final Map<String, Received> received = new LinkedHashMap<>();
        private Set<String> handedOut = Set.of();
        private @Nullable String batch;
    }

    private record Received(Notification notification, String receipt, Instant until) {}

    /** @param batch by which {@link #stored} knows them again, null where there are none */
    record Waiting(
            List<OrderChange> changes,
            List<UnreadableRecord> unreadable,
            @Nullable String batch) {

        static final Waiting NOTHING = new Waiting(List.of(), List.of(), null);

        Waiting {
            changes = List.copyOf(changes);
            unreadable = List.copyOf(unreadable);
        }
    }

    boolean configured() {
        return client != null;
    }

    /** All that there is for the seller at the moment, in no order. */
    synchronized Waiting waiting(String seller) {
        if (client == null) {
            return Waiting.NOTHING;
        }
        if (!clock.instant().isBefore(nextTry)) {
            receive(client, seller);
        }
        var now = clock.instant();
        inboxes.values()
                .forEach(it -> it.received
                        .values()
                        .removeIf(received -> !received.until().isAfter(now)));
        var inbox = inboxes.computeIfAbsent(seller, it -> new Inbox());
        if (inbox.received.isEmpty()) {
            return Waiting.NOTHING;
        }
        var changes = new ArrayList<OrderChange>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var received : inbox.received.values()) {
            switch (received.notification()) {
                case Notification.Change(var id, var from, var change) -> changes.add(change);
                case Notification.Unreadable(var id, var from, var record) -> unreadable.add(record);
            }
        }
        inbox.handedOut = Set.copyOf(inbox.received.keySet());
        inbox.batch = UUID.randomUUID().toString();
        return new Waiting(changes, unreadable, inbox.batch);
    }

    private void receive(SqsClient from, String asking) {
        try {
            var own = inboxes.computeIfAbsent(asking, it -> new Inbox()).received;
            for (int round = 0; round < ROUNDS && own.size() < ENOUGH; round++) {
                int wait = round == 0 ? 1 : 0; // to ask only some of its servers is what a queue does without a wait
                var messages = from.receiveMessage(request -> request.queueUrl(url)
                                .maxNumberOfMessages(AT_ONCE)
                                .waitTimeSeconds(wait)
                                .visibilityTimeout((int) HIDDEN.toSeconds()))
                        .messages();
                var useless = messages.stream()
                        .filter(message -> !take(message, asking))
                        .map(Message::receiptHandle)
                        .toList();
                delete(from, useless);
                if (messages.size() < AT_ONCE) {
                    break;
                }
            }
            if (broken) {
                log.info("The queue of Amazon's order changes can be read again");
            }
            broken = false;
        } catch (SdkException e) {
            lost(e);
        }
    }

    /** Searches go on, so nothing is lost but time. */
    private void lost(SdkException e) {
        if (!broken) {
            log.warn(
                    "The queue of Amazon's order changes cannot be read ({}); orders are searched for as if there were none",
                    Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        }
        broken = true;
        nextTry = clock.instant().plus(PAUSE);
    }

    /** @return false for what nobody here can make use of */
    private boolean take(Message message, String asking) {
        var now = clock.instant();
        var notification = Notification.read(message.messageId(), message.body(), now);
        if (notification.isEmpty()) {
            drift.seen(AmazonCalls.AMAZON, Drift.Kind.CHANGE, List.of(Notification.type(message.body())));
            return false;
        }
        var told = notification.get();
        var seller = Optional.ofNullable(told.seller()).orElse(asking);
        if (!seller.equals(asking)
                && told instanceof Notification.Change(var id, var from, var change)
                && change.occurredAt().isBefore(now.minus(OLD))) {
            return false;
        }
        inboxes.computeIfAbsent(seller, it -> new Inbox())
                .received
                .put(
                        told.id(),
                        new Received(
                                told, message.receiptHandle(), now.plus(HIDDEN).minusSeconds(10)));
        return true;
    }

    /** What {@link #waiting} told of is safe now; whatever was received since stays. */
    synchronized void stored(String seller, String batch) {
        var inbox = inboxes.get(seller);
        if (client == null || inbox == null || !batch.equals(inbox.batch)) {
            return; // another instance, or a restart: the messages come back, and are known then
        }
        var receipts = new ArrayList<String>();
        for (var id : inbox.handedOut) {
            var received = inbox.received.remove(id);
            if (received != null) {
                receipts.add(received.receipt());
            }
        }
        inbox.batch = null;
        delete(client, receipts);
    }

    private void delete(SqsClient from, List<String> receipts) {
        try {
            for (int start = 0; start < receipts.size(); start += AT_ONCE) {
                var entries = new ArrayList<DeleteMessageBatchRequestEntry>();
                for (var receipt : receipts.subList(start, Math.min(receipts.size(), start + AT_ONCE))) {
                    entries.add(DeleteMessageBatchRequestEntry.builder()
                            .id(String.valueOf(entries.size()))
                            .receiptHandle(receipt)
                            .build());
                }
                from.deleteMessageBatch(request -> request.queueUrl(url).entries(entries));
            }
        } catch (SdkException e) {
            lost(e);
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
