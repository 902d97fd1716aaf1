package dev.kontor.notifications.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.notifications.webhooks.Attempt;
import dev.kontor.notifications.webhooks.Delivery;
import dev.kontor.notifications.webhooks.Endpoint;
import dev.kontor.notifications.webhooks.MessageType;
import dev.kontor.notifications.webhooks.Subscribing.SecretInfo;

/**
 * @param personalData whether an administrator granted it what the marketplace tells of buyers
 * @param disabledReason PERSON, GONE where it answered 410, FAILING where it took nothing for days; absent where it is
 *     enabled
 * @param failingSince since when it took nothing of what it was sent, if so
 * @param secrets that sign at the moment, the newest first; absent in lists
 */
@Schema(name = "WebhookEndpoint")
record WebhookBody(
        UUID id,
        @Schema(example = "https://shop.example/kontor") String url,
        @Schema(example = "Bookkeeping") String description,
        List<MessageType> kinds,
        boolean personalData,
        boolean enabled,
        Endpoint.@Nullable Disabled disabledReason,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        Instant createdAt,
        @Nullable List<SecretBody> secrets) {

    /** @param goodUntil where it was replaced */
    @Schema(name = "WebhookSecret")
    record SecretBody(UUID id, Instant createdAt, @Nullable Instant goodUntil) {

        static SecretBody of(SecretInfo secret) {
            return new SecretBody(secret.id(), secret.createdAt(), secret.goodUntil());
        }
    }

    static WebhookBody of(Endpoint endpoint, @Nullable List<SecretInfo> secrets) {
        return new WebhookBody(
                endpoint.id().value(),
                endpoint.url().toString(),
                endpoint.description(),
                endpoint.kinds(),
                endpoint.personalData(),
                endpoint.enabled(),
                endpoint.disabled(),
                endpoint.disabledAt(),
                endpoint.failingSince(),
                endpoint.createdAt(),
                secrets == null ? null : secrets.stream().map(SecretBody::of).toList());
    }

    @Override
    public String toString() {
        return "WebhookBody[" + id + "]";
    }

    /**
     * @param message the id that the receiver sees
     * @param timestamp when it happened
     * @param attempts how often it was sent
     * @param nextAttemptAt when it is sent next, at the earliest
     * @param log what came of each attempt, the first one first; only of a single delivery
     */
    @Schema(name = "WebhookDelivery")
    record DeliveryBody(
            long id,
            UUID message,
            MessageType type,
            Instant timestamp,
            Delivery.State state,
            int attempts,
            @Nullable Instant nextAttemptAt,
            Instant createdAt,
            @Nullable Instant doneAt,
            @Nullable List<AttemptBody> log) {

        static DeliveryBody of(Delivery delivery, @Nullable List<Attempt> log) {
            return new DeliveryBody(
                    delivery.id(),
                    delivery.message(),
                    delivery.type(),
                    delivery.timestamp(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.nextAt(),
                    delivery.createdAt(),
                    delivery.doneAt(),
                    log == null ? null : log.stream().map(AttemptBody::of).toList());
        }
    }

    /**
     * @param result TAKEN for a status from 200 to 299, REFUSED for another one, TIMEOUT, UNREACHABLE, UNTRUSTED for a
     *     certificate that does not fit, NOT_PERMITTED for an address that is not called
     * @param status absent where there was no answer
     */
    @Schema(name = "WebhookAttempt")
    record AttemptBody(
            Instant at, Attempt.Result result, @Nullable Integer status, long latencyMs) {

        static AttemptBody of(Attempt attempt) {
            return new AttemptBody(
                    attempt.at(),
                    attempt.result(),
                    attempt.status(),
                    attempt.latency().toMillis());
        }
    }
}
