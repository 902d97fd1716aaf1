package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxWait how long a call may wait for its turn before it is handed back
 * @param limits by marketplace and budget: takes the place of what the adapter declares
 * @param share which part of each limit this instance may use when it cannot ask the others; by default an equal one
 */
@ConfigurationProperties("kontor.exchange")
record ExchangeProperties(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration readTimeout,
        @DefaultValue("5s") Duration maxWait,
        @DefaultValue Map<String, Map<String, Limit>> limits,
        @Nullable Double share,
        @DefaultValue Retry retry,
        @DefaultValue Ban ban,
        @DefaultValue Slowdown slowdown,
        @DefaultValue Pause pause,
        @DefaultValue Log log) {

    /** @param delay before the second attempt; it triples with each, and varies */
    record Retry(
            @DefaultValue("3") int attempts,
            @DefaultValue("300ms") Duration delay,
            @DefaultValue("5s") Duration maxDelay) {}

    /** How long nothing is sent after a 429 that does not say. */
    record Ban(
            @DefaultValue("60s") Duration length,
            @DefaultValue("5s") Duration jitter) {}

    /**
     * After each 429, how much of its limit a budget uses.
     *
     * @param factor of the pace before
     * @param lowest part of the limit that remains however often that happens
     * @param recovery how long it would take from a standstill back to the whole limit after a minute's silence; less in
     *     proportion after a shorter one
     */
    record Slowdown(
            @DefaultValue("0.5") double factor,
            @DefaultValue("0.1") double lowest,
            @DefaultValue("1h") Duration recovery) {

        Slowdown {
            if (!(factor > 0 && factor <= 1) || !(lowest > 0 && lowest <= 1) || !recovery.isPositive()) {
                throw new IllegalArgumentException("kontor.exchange.slowdown: factor and lowest must be above 0 and at"
                        + " most 1, and recovery a time");
            }
        }
    }

    /** When an account's operations are left alone for a while, because every call fails. */
    record Pause(
            @DefaultValue("10") int failures,
            @DefaultValue("30s") Duration length,
            @DefaultValue("5m") Duration maxLength) {}

    /**
     * @param bodies of which answers the masked body is kept
     * @param bodyLength at how many characters it is cut
     * @param queue how many entries may wait to be written
     */
    record Log(
            @DefaultValue("failures") Bodies bodies,
            @DefaultValue("2000") int bodyLength,
            @DefaultValue("10000") int queue,
            @DefaultValue("30d") Duration retention) {

        enum Bodies {
            FAILURES,
            ALL,
            NONE
        }
    }
}
