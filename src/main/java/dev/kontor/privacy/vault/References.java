package dev.kontor.privacy.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Mac;

import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.privacy.Vault.Deposit;
import dev.kontor.privacy.keys.IndexKey;
import dev.kontor.privacy.keys.KeyFile;

/** Recognizes buyers and values again without keeping them: 128 bits of a keyed hash. */
@Component
class References {

    private static final JsonMapper json = JsonMapper.shared();

    private final Mac references;
    private final Mac fingerprints;

    References(KeyFile<IndexKey> key) {
        this.references = key.keys().hash("references");
        this.fingerprints = key.keys().hash("fingerprints");
    }

    /** Different for the same buyer in another account: two shops of one seller learn nothing of each other. */
    UUID of(Deposit deposit) {
        var buyer = deposit.buyer();
        var named = buyer == null ? "document " + deposit.document() : "buyer " + buyer;
        var hash =
                ByteBuffer.wrap(hash(references, (deposit.account() + " " + named).getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** In the order in which they come: it is the order of the document. */
    byte[] fingerprint(Map<String, JsonNode> values) {
        return Arrays.copyOf(hash(fingerprints, json.writeValueAsBytes(values)), 16);
    }

    private static byte[] hash(Mac prototype, byte[] text) {
        try {
            return ((Mac) prototype.clone()).doFinal(text);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
