package dev.kontor.privacy.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The root of a subtree of keys: from its secret follows every key below it, and no other.
 *
 * @param first the leftmost leaf below it
 * @param depth how far it is from the root of the whole tree; a leaf is at 64
 */
record Subtree(long first, int depth, byte[] secret) {

    static final int LEAF = 64;
    static final int SECRET = 32;

    private static final byte LEFT = 0;
    private static final byte RIGHT = 1;

    private static final SecureRandom random = new SecureRandom();

    static Subtree random(long first, int depth) {
        var secret = new byte[SECRET];
        random.nextBytes(secret);
        return new Subtree(first, depth, secret);
    }

    /** HMAC-SHA256, the step from a node to its children. */
    static Mac step() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    long last() {
        return depth == LEAF ? first : first | (-1L >>> depth);
    }

    boolean isLeaf() {
        return depth == LEAF;
    }

    boolean contains(long leaf) {
        return depth == 0 || (leaf ^ first) >>> (LEAF - depth) == 0;
    }

    /** The first leaf of the right half. */
    long middle() {
        return first | (1L << (LEAF - 1 - depth));
    }

    Subtree left(Mac step) {
        return new Subtree(first, depth + 1, child(step, LEFT));
    }

    Subtree right(Mac step) {
        return new Subtree(middle(), depth + 1, child(step, RIGHT));
    }

    private byte[] child(Mac step, byte side) {
        try {
            step.init(new SecretKeySpec(secret, "HmacSHA256"));
            step.update(side);
            return step.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subtree it
                && it.first == first
                && it.depth == depth
                && Arrays.equals(it.secret, secret);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(first) + depth;
    }

    @Override
    public String toString() {
        return "Subtree[" + Long.toHexString(first) + "/" + depth + "]";
    }
}
