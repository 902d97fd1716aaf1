package dev.kontor.privacy.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import javax.crypto.Mac;

import org.springframework.stereotype.Component;

import dev.kontor.privacy.Vault.Deposit;
import dev.kontor.privacy.keys.IndexKey;
import dev.kontor.privacy.keys.KeyFile;

/** Recognizes a buyer again without keeping the marketplace's id of him: 128 bits of a keyed hash. */
@Component
class References {

    private final Mac prototype;

    References(KeyFile<IndexKey> key) {
        this.prototype = key.keys().hash("references");
    }

    /** Different for the same buyer in another account: two shops of one seller learn nothing of each other. */
    UUID of(Deposit deposit) {
        var buyer = deposit.buyer();
        var named = buyer == null ? "document " + deposit.document() : "buyer " + buyer;
        var hash = ByteBuffer.wrap(hash(deposit.account() + " " + named));
        return new UUID(hash.getLong(), hash.getLong());
    }

    private byte[] hash(String text) {
        try {
            return ((Mac) prototype.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
