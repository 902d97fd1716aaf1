package dev.kontor.marketplaces.exchange;

import java.time.Instant;

import tools.jackson.databind.JsonNode;

/**
 * A successful answer.
 *
 * @param body missing where the answer has none
 * @param askedAt when the request was sent
 */
public record Reply(JsonNode body, Instant askedAt) {

    @Override
    public String toString() {
        return "Reply[askedAt=" + askedAt + "]";
    }
}
