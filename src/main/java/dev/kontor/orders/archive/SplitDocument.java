package dev.kontor.orders.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.privacy.Vault;

/**
 * A document without its personal values, those values, and a fingerprint of each.
 *
 * @param masked JSON in UTF-8
 * @param hash of what is masked
 * @param personalHash of the personal values; keyed, because a telephone number is soon guessed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record SplitDocument(byte[] masked, Map<String, JsonNode> personal, byte[] hash, byte[] personalHash) {

    private static final JsonMapper json = JsonMapper.shared();

    static SplitDocument of(ObjectNode masked, Map<String, JsonNode> personal, Vault vault) {
        var text = json.writeValueAsBytes(masked);
        return new SplitDocument(text, personal, hash(text), vault.fingerprint(personal));
    }

    private static byte[] hash(byte[] text) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    @Override
    public String toString() {
        return "SplitDocument[masked]";
    }
}
