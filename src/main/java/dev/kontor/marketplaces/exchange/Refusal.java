package dev.kontor.marketplaces.exchange;

import tools.jackson.databind.JsonNode;

/**
 * An answer with a status between 400 and 499, other than 429.
 *
 * @param body missing where the answer has none, or none in JSON
 */
public record Refusal(int status, JsonNode body) {

    @Override
    public String toString() {
        return "Refusal[" + status + "]";
    }
}
