package dev.kontor.notifications.webhooks;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.notifications.couriers.Signal;
import dev.kontor.notifications.webhooks.Endpoint.Disabled;

/**
 * What people do about endpoints. {@code seen} refuses a version that the caller has not seen. Of an address only the host
 * gets into the audit log, because the rest may be a secret.
 */
@Component
public class Subscribing {

    private static final int LONGEST_URL = 2_000;
    private static final int MOST_SECRETS = 3;

    /** So much the clocks of two instances may differ, and so long it may take to store a message. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Endpoints endpoints;
    private final Secrets secrets;
    private final Messages messages;
    private final Deliveries deliveries;
    private final Sender sender;
    private final Disabling disabling;
    private final WebhookProperties properties;
    private final Signal signal;
    private final Audience audience;
    private final AuditLog audit;
    private final TransactionOperations transaction;
    private final Clock clock;

    Subscribing(
            Endpoints endpoints,
            Secrets secrets,
            Messages messages,
            Deliveries deliveries,
            Sender sender,
            Disabling disabling,
            WebhookProperties properties,
            Signal webhookSignal,
            Audience audience,
            AuditLog audit,
            TransactionOperations transaction,
            Clock clock) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.messages = messages;
        this.deliveries = deliveries;
        this.sender = sender;
        this.disabling = disabling;
        this.properties = properties;
        this.signal = webhookSignal;
        this.audience = audience;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** An endpoint with a secret that nobody can see again. */
    public record Issued(Endpoint endpoint, String secret) {
        @Override
        public String toString() {
            return "Issued[" + endpoint + "]";
        }
    }

    /** @param goodUntil where it was replaced */
    public record SecretInfo(
            UUID id, Instant createdAt, @Nullable Instant goodUntil) {}

    public Optional<Endpoint> find(EndpointId id) {
        return endpoints.find(id);
    }

    /** The oldest first. */
    public List<Endpoint> list(@Nullable UUID after, int limit) {
        return endpoints.list(after, limit);
    }

    /** What signs at the moment, the newest first. */
    public List<SecretInfo> secrets(EndpointId id) {
        return secrets.list(id, clock.instant()).stream()
                .map(it -> new SecretInfo(it.id(), it.createdAt(), it.goodUntil()))
                .toList();
    }

    public Issued create(String url, String description, List<MessageType> kinds) {
        var address = address(url);
        refuseUnchosen(kinds);
        return inTransaction(() -> {
            var now = clock.instant();
            var id = endpoints.add(address, description, kinds, now).orElseThrow(Subscribing::taken);
            var secret = secrets.add(id, now);
            audience.changesWithCommit();
            audit.record(Act.of("webhook-endpoint.created", "webhook-endpoint", id)
                    .label("host", address.getHost())
                    .labels("kinds", texts(kinds)));
            return new Issued(endpoints.find(id).orElseThrow(), secret);
        });
    }

    public Endpoint change(EndpointId id, ChangeEndpoint command, LongConsumer seen) {
        var url = command.url();
        var address = url == null ? null : address(url);
        if (command.kinds() != null) {
            refuseUnchosen(command.kinds());
        }
        return inTransaction(() -> {
            var before = locked(id);
            seen.accept(before.version());
            change(before, address, command);
            var enabled = command.enabled();
            if (enabled != null && enabled != before.enabled()) {
                enable(id, enabled);
            }
            var after = endpoints.find(id).orElseThrow();
            audit.record(Act.of("webhook-endpoint.changed", "webhook-endpoint", id)
                    .label("host", before.url().getHost(), after.url().getHost())
                    .labels("kinds", texts(before.kinds()), texts(after.kinds()))
                    .field("personalData", before.personalData(), after.personalData())
                    .field("enabled", before.enabled(), after.enabled()));
            return after;
        });
    }

    private void change(Endpoint before, @Nullable URI address, ChangeEndpoint command) {
        var description = command.description();
        try {
            endpoints.change(
                    before.id(),
                    address == null ? before.url() : address,
                    description == null ? before.description() : description,
                    command.kinds() == null ? before.kinds() : command.kinds(),
                    isGranted(before, address, command.personalData()));
        } catch (DuplicateKeyException e) {
            throw taken();
        }
    }

    /** Another address is somebody else, until he is granted it as well. */
    private static boolean isGranted(Endpoint before, @Nullable URI address, @Nullable Boolean granted) {
        boolean same = address == null || address.equals(before.url());
        return granted == null ? before.personalData() && same : granted;
    }

    /** What waits for it is sent when it is enabled again, with all its attempts. */
    private void enable(EndpointId id, boolean enabled) {
        var now = clock.instant();
        if (enabled) {
            endpoints.enable(id);
            deliveries.renew(id, now);
            disabling.over(id, now);
            signal.giveAfterCommit();
        } else {
            endpoints.disable(id, Disabled.PERSON, now);
        }
    }

    /** Another secret signs; earlier ones do so as well for the overlap. */
    public Issued rotate(EndpointId id, Duration overlap) {
        return inTransaction(() -> {
            locked(id);
            var now = clock.instant();
            secrets.end(id, overlap, now);
            if (secrets.list(id, now).size() >= MOST_SECRETS) {
                throw new Conflict(
                        "webhook-secrets-overlap",
                        "Earlier secrets are still good; wait until one ends, or end them with overlapHours 0.");
            }
            var secret = secrets.add(id, now);
            endpoints.touch(id);
            audit.record(Act.of("webhook-endpoint.secret-rotated", "webhook-endpoint", id)
                    .hidden("secret")
                    .field("overlap", overlap));
            return new Issued(endpoints.find(id).orElseThrow(), secret);
        });
    }

    public void delete(EndpointId id) {
        inTransaction(() -> {
            var endpoint = locked(id);
            endpoints.delete(id);
            audience.changesWithCommit();
            disabling.over(id, clock.instant());
            audit.record(Act.of("webhook-endpoint.deleted", "webhook-endpoint", id)
                    .label("host", endpoint.url().getHost(), null));
            return id;
        });
    }

    /** @return the id of the message that it is sent soon */
    public UUID ping(EndpointId id) {
        return inTransaction(() -> {
            refuseDisabled(locked(id));
            var now = clock.instant();
            var subject = "webhook-endpoint " + id;
            messages.lock(List.of(subject), now);
            var news =
                    new News(MessageType.WEBHOOK_PING, subject, UUID.randomUUID(), now, new Payload.Ping(id.value()));
            var message = messages.add(List.of(news), now).getFirst();
            deliveries.add(id, message, now);
            signal.giveAfterCommit();
            audit.record(Act.of("webhook-endpoint.pinged", "webhook-endpoint", id));
            return message;
        });
    }

    /**
     * What it asks for and Kontor was told since then is sent once more, with the same ids; what was told just before as well,
     * so that nothing is missed that another instance has stored at that moment.
     *
     * @return how many messages
     */
    public int replay(EndpointId id, Instant since) {
        var now = clock.instant();
        if (since.isAfter(now)) {
            throw new InvalidField("since", "must not lie in the future");
        }
        var kept = now.minus(properties.keep());
        return inTransaction(() -> {
            refuseDisabled(locked(id));
            int replayed = deliveries.replay(id, since.isBefore(kept) ? kept : since.minus(MARGIN), now);
            signal.giveAfterCommit();
            audit.record(Act.of("webhook-endpoint.replayed", "webhook-endpoint", id)
                    .field("since", since)
                    .field("messages", replayed));
            return replayed;
        });
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }

    private Endpoint locked(EndpointId id) {
        return endpoints.lock(id).orElseThrow(() -> NotFound.of("webhook endpoint", id));
    }

    private static void refuseDisabled(Endpoint endpoint) {
        if (!endpoint.enabled()) {
            throw new Conflict("webhook-endpoint-disabled", "The endpoint is disabled; enable it first.");
        }
    }

    private static void refuseUnchosen(List<MessageType> kinds) {
        kinds.stream().filter(kind -> !kind.isChosen()).findFirst().ifPresent(kind -> {
            throw new InvalidField("kinds", "must not contain " + kind + ", which is sent when it is asked for");
        });
    }

    private static Conflict taken() {
        return new Conflict("webhook-endpoint-exists", "There is an endpoint with this address already.");
    }

    private static List<String> texts(List<MessageType> kinds) {
        return kinds.stream().map(MessageType::text).toList();
    }

    /** Looked at now, so that a mistake is told at once, and again before each call. */
    private URI address(String text) {
        if (text.length() > LONGEST_URL) {
            throw new InvalidField("url", "must have at most " + LONGEST_URL + " characters");
        }
        try {
            var url = URI.create(text.strip()).normalize();
            if (url.getHost() == null || !url.isAbsolute() || url.getFragment() != null || url.getPort() > 65_535) {
                throw new InvalidField("url", "must be an address such as https://shop.example/webhooks");
            }
            sender.check(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw new InvalidField("url", "must be an address such as https://shop.example/webhooks");
        } catch (IOException e) {
            throw new InvalidField("url", "must speak https and be public, or be on a server of the settings");
        }
    }
}
