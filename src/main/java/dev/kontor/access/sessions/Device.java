package dev.kontor.access.sessions;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.attempts.Place;

/**
 * From where somebody logs in, as far as that can be told.
 *
 * @param agent what the program says of itself, which may be anything
 */
public record Device(String address, @Nullable String agent) {

    private static final int LONGEST_AGENT = 200;

    public Device {
        agent = agent == null || agent.isBlank()
                ? null
                : agent.strip()
                        .substring(0, Math.min(LONGEST_AGENT, agent.strip().length()));
    }

    public Place place() {
        return Place.of(address);
    }
}
