package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.exchange.ExchangeProperties.Pause;

/** Leaves an account's operations alone that keep failing, and lets one call through now and then to see. */
@Component
class Pauses {

    private record Key(MarketplaceCode marketplace, UUID account, String group) {}

    /** @param until while it lies in the future nothing is sent, and once it is over one call is */
    private record State(int failures, Instant until, Duration length, boolean probing) {}

    private final Pause settings;
    private final Clock clock;
    private final Map<Key, State> states = new ConcurrentHashMap<>();

    Pauses(ExchangeProperties properties, Clock clock) {
        this.settings = properties.pause();
        this.clock = clock;
    }

    /** @return when to ask again; empty where the call may go ahead */
    Optional<Instant> until(Call call) {
        var now = clock.instant();
        var refused = new Instant[1];
        states.computeIfPresent(key(call), (key, state) -> {
            if (state.failures() < settings.failures()) {
                return state;
            }
            if (state.until().isAfter(now)) {
                refused[0] = state.until();
                return state;
            }
            // this call is the probe; the others wait for its outcome, or for another pause should it never end
            return new State(state.failures(), now.plus(state.length()), state.length(), true);
        });
        return Optional.ofNullable(refused[0]);
    }

    void learn(Call call, Answer<?> answer) {
        switch (answer) {
            case Answer.Unavailable<?> ignored -> failed(call);
            case Answer.Malformed<?> ignored -> failed(call);
            case Answer.Ok<?> ignored -> states.remove(key(call));
            case Answer.Rejected<?>(var code, var reason) -> {
                if (!code.equals(Connection.UNWANTED)) { // which the marketplace was never asked
                    states.remove(key(call));
                }
            }
            case Answer.Unauthorized<?> ignored -> states.remove(key(call));
            case Answer.Throttled<?> ignored -> {} // says nothing about how well it works
        }
    }

    private void failed(Call call) {
        states.compute(key(call), (key, state) -> {
            var known = state == null ? new State(0, Instant.EPOCH, settings.length(), false) : state;
            if (known.failures() < settings.failures()) {
                return failedOnceMore(known);
            }
            // calls that were under way when the pause began say nothing new; the probe does
            return known.probing() ? pause(known.failures(), longer(known.length())) : known;
        });
    }

    private State failedOnceMore(State known) {
        var failures = known.failures() + 1;
        return failures < settings.failures()
                ? new State(failures, Instant.EPOCH, settings.length(), false)
                : pause(failures, settings.length());
    }

    private State pause(int failures, Duration length) {
        return new State(failures, clock.instant().plus(length), length, false);
    }

    private Duration longer(Duration length) {
        var doubled = length.multipliedBy(2);
        return doubled.compareTo(settings.maxLength()) > 0 ? settings.maxLength() : doubled;
    }

    private static Key key(Call call) {
        return new Key(call.marketplace(), call.account(), call.operation().group());
    }
}
