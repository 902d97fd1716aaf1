package dev.kontor.inventory.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.proof.Proof.Difference;

/** The notes of one proof. */
class ProofRun {

    private final MessageDigest folded = digest();
    private final MessageDigest stored = digest();
    private long positions;
    private long movements;
    private long differences;
    private @Nullable Difference first;

    void movement() {
        movements++;
    }

    /** Both are written down in the same words, and their hashes are those of all positions in a row. */
    void position(String position, String fold, String kept) {
        positions++;
        folded.update((position + " " + fold + "\n").getBytes(StandardCharsets.UTF_8));
        stored.update((position + " " + kept + "\n").getBytes(StandardCharsets.UTF_8));
        compare(position, fold, kept);
    }

    void compare(String where, String expected, String found) {
        if (!expected.equals(found)) {
            differences++;
            if (first == null) {
                first = new Difference(where, expected, found);
            }
        }
    }

    long positions() {
        return positions;
    }

    long movements() {
        return movements;
    }

    long differences() {
        return differences;
    }

    @Nullable
    Difference first() {
        return first;
    }

    String foldedHash() {
        return HexFormat.of().formatHex(folded.digest());
    }

    String storedHash() {
        return HexFormat.of().formatHex(stored.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
