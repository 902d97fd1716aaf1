package dev.kontor.accounts.hooks;

import java.time.Duration;
import java.time.Instant;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What marketplaces tell by themselves.
 *
 * @param window how long ago what is told may be, and how far ahead of this clock
 * @param kept how long it is remembered that it was told; longer than the window on both sides, or it could be told anew
 *     after that
 * @param retry after the first failure; each further one doubles it
 */
@ConfigurationProperties("kontor.accounts.hooks")
record HookProperties(
        @DefaultValue("3d") Duration window,
        @DefaultValue("30d") Duration kept,
        @DefaultValue("30s") Duration retry) {

    HookProperties {
        if (kept.compareTo(window.multipliedBy(2)) <= 0) {
            throw new IllegalArgumentException("kontor.accounts.hooks.kept must be longer than twice the window");
        }
    }

    boolean covers(Instant occurredAt, Instant now) {
        return occurredAt.isAfter(now.minus(window)) && occurredAt.isBefore(now.plus(window));
    }
}
