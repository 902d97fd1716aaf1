package dev.kontor.notifications.webhooks;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What is sent, as a receiver reads it.
 *
 * @param id the same however often it is sent, and the header {@code webhook-id}
 * @param timestamp when it happened, which may be long before it is sent
 */
public record Message(
        UUID id, MessageType type, @Schema(example = "1") int schemaVersion, Instant timestamp, Payload data) {

    /** Of the payloads of all types. */
    public static final int SCHEMA_VERSION = 1;
}
