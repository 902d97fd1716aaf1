package dev.kontor.notifications.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.notifications.webhooks.Deliveries.Claimed;
import dev.kontor.notifications.webhooks.Delivery.State;
import dev.kontor.notifications.webhooks.Endpoint.Disabled;

/** Stores what came of an attempt, and decides what follows from it. */
@Component
class Settling {

    private static final Duration SHORTEST_PEACE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PEACE = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;

    /** So much later than planned at most, so that not all who were refused come back at once. */
    private static final double JITTER = 0.2;

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final Disabling disabling;
    private final WebhookProperties properties;
    private final Clock clock;

    Settling(
            Endpoints endpoints,
            Deliveries deliveries,
            Disabling disabling,
            WebhookProperties properties,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.disabling = disabling;
        this.properties = properties;
        this.clock = clock;
    }

    /** Whoever lost its lease has nothing to say: another instance sends the same message, or has. */
    @Transactional
    public void settle(EndpointId id, Claimed delivery, Attempt attempt) {
        var endpoint = endpoints.lock(id).orElse(null);
        if (endpoint == null || !deliveries.isHeld(delivery)) {
            return;
        }
        deliveries.log(delivery.id(), attempt);
        var now = clock.instant();
        if (attempt.isTaken()) {
            deliveries.finish(delivery.id(), State.DELIVERED, now);
            endpoints.succeeded(id);
        } else {
            failed(endpoint, delivery, attempt, now);
        }
    }

    private void failed(Endpoint endpoint, Claimed delivery, Attempt attempt, Instant now) {
        endpoints.failed(endpoint.id(), now, peace(endpoint, attempt, now));
        var since = endpoint.failingSince() == null ? now : endpoint.failingSince();
        var disabled = disabled(attempt, since, now);
        if (endpoint.enabled() && disabled != null) {
            disabling.disable(endpoint, disabled, since, now);
        }
        int retry = delivery.attempts();
        if (retry < properties.retries().size()) {
            deliveries.again(delivery.id(), next(properties.retries().get(retry), attempt, now));
        } else if (disabled != null || !endpoint.enabled()) {
            deliveries.again(delivery.id(), now); // it is the endpoint's fault, not the message's
        } else {
            deliveries.finish(delivery.id(), State.GIVEN_UP, now);
        }
    }

    private @Nullable Disabled disabled(Attempt attempt, Instant since, Instant now) {
        if (attempt.isGone()) {
            return Disabled.GONE;
        }
        return since.plus(properties.disableAfter()).isAfter(now) ? null : Disabled.FAILING;
    }

    private static Instant next(Duration planned, Attempt attempt, Instant now) {
        double later = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
        var wait = Duration.ofMillis((long) (planned.toMillis() * later));
        var asked = attempt.retryAfter();
        return now.plus(asked == null || asked.compareTo(wait) < 0 ? wait : asked);
    }

    /** An endpoint in trouble is left alone, longer each time, whatever else waits for it. */
    private static @Nullable Instant peace(Endpoint endpoint, Attempt attempt, Instant now) {
        if (!attempt.isTrouble()) {
            return null;
        }
        var wait = SHORTEST_PEACE.multipliedBy(1L << Math.min(endpoint.failures(), DOUBLINGS));
        var usual = wait.compareTo(LONGEST_PEACE) > 0 ? LONGEST_PEACE : wait;
        var asked = attempt.retryAfter();
        return now.plus(asked == null || asked.compareTo(usual) < 0 ? usual : asked);
    }
}
