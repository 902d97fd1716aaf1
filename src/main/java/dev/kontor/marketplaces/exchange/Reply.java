package dev.kontor.marketplaces.exchange;

import java.time.Instant;

import org.springframework.http.HttpHeaders;

import tools.jackson.databind.JsonNode;

/**
 * A successful answer.
 *
 * @param status from 200 to 299, or 303: what was asked for lies elsewhere
 * @param body missing where the answer has none
 * @param askedAt when the request was sent
 */
public record Reply(int status, HttpHeaders headers, JsonNode body, Instant askedAt) {

    @Override
    public String toString() {
        return "Reply[" + status + ", askedAt=" + askedAt + "]";
    }
}
