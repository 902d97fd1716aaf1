package dev.kontor.audit.entries;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.audit.ChainKey;

/**
 * Signs entries and links. What is signed is, in this order and big-endian: the text {@code kontor-audit-entry-1} or
 * {@code kontor-audit-link-1}, then each field; a text as the number of its bytes (4) and its bytes in UTF-8, one that is
 * absent as the number -1, an id as its 16 bytes, a time as microseconds since 1970 (8), a number as 8 bytes, a hash as its
 * 32 bytes. Numbers and transactions that the database gives an entry are not part of it.
 */
@Component
public class Signature {

    private static final String ENTRY = "kontor-audit-entry-1";
    private static final String LINK = "kontor-audit-link-1";

    private final ChainKey key;

    public Signature(ChainKey key) {
        this.key = key;
    }

    public byte[] of(AuditEntry entry) {
        return key.sign(new Content(ENTRY)
                .id(entry.id())
                .time(entry.at())
                .text(entry.actorKind())
                .text(entry.actorId())
                .text(entry.actorName())
                .text(entry.action())
                .text(entry.objectType())
                .text(entry.objectId())
                .text(entry.before())
                .text(entry.after())
                .text(entry.address())
                .text(entry.correlation())
                .bytes());
    }

    /** @param before the hash of the link before, or of none 32 zeroes */
    public byte[] of(byte[] before, long sequence, UUID entry, byte[] mac, Instant sealedAt) {
        return key.sign(new Content(LINK)
                .hash(before)
                .number(sequence)
                .id(entry)
                .hash(mac)
                .time(sealedAt)
                .bytes());
    }

    private static final class Content {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final DataOutputStream out = new DataOutputStream(bytes);

        Content(String kind) {
            text(kind);
        }

        private interface Write {
            void to(DataOutputStream out) throws IOException;
        }

        private Content add(Write write) {
            try {
                write.to(out);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory takes all
            }
        }

        Content text(@Nullable String text) {
            var encoded = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
            return add(it -> {
                it.writeInt(encoded == null ? -1 : encoded.length);
                if (encoded != null) {
                    it.write(encoded);
                }
            });
        }

        Content id(UUID id) {
            return number(id.getMostSignificantBits()).number(id.getLeastSignificantBits());
        }

        Content time(Instant time) {
            return number(ChronoUnit.MICROS.between(Instant.EPOCH, time));
        }

        Content number(long number) {
            return add(it -> it.writeLong(number));
        }

        Content hash(byte[] hash) {
            return add(it -> it.write(hash));
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
