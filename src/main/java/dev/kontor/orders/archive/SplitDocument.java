package dev.kontor.orders.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** A document without its personal values, those values, and a fingerprint of both. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record SplitDocument(String masked, Map<String, JsonNode> personal, byte[] hash) {

    static SplitDocument of(String masked, Map<String, JsonNode> personal) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(masked.getBytes(StandardCharsets.UTF_8));
            personal.forEach((pointer, value) -> {
                digest.update(pointer.getBytes(StandardCharsets.UTF_8));
                digest.update(value.toString().getBytes(StandardCharsets.UTF_8));
            });
            return new SplitDocument(masked, personal, Arrays.copyOf(digest.digest(), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    @Override
    public String toString() {
        return "SplitDocument[masked]";
    }
}
