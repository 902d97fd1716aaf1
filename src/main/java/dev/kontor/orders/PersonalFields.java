package dev.kontor.orders;

import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

/** What the marketplace tells of a buyer, for who was granted it. */
public interface PersonalFields {

    /**
     * The personal values of an order as it is now, by JSON pointer into its document; empty where the buyer was erased. Who
     * read which fields of which order is on record before this returns.
     *
     * @param reader for whom it is read, such as the id of an endpoint
     */
    Map<String, JsonNode> of(OrderId order, UUID reader);
}
