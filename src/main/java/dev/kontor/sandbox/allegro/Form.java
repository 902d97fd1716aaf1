package dev.kontor.sandbox.allegro;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;

/** A checkout form: that of one purchase, or the one that a merge put in the place of several. */
record Form(int key, boolean merged) {

    private static final long ODD = 0x2545F4914F6CDD1DL;
    private static final long SALT = 0x1B873593CC9E2D51L;
    private static final long MASK = (1L << 62) - 1;
    private static final long INVERSE = inverse();

    static Form of(long code) {
        return new Form((int) (code >>> 1), (code & 1) == 1);
    }

    long code() {
        return key * 2L + (merged ? 1 : 0);
    }

    /** Hides the code in the id, so that nobody has to remember which id is whose. */
    UUID id(long seed) {
        var hidden = (code() ^ SALT) * ODD & MASK;
        hidden = (hidden ^ (hidden >>> 31)) * ODD & MASK;
        return new UUID(check(seed, code()), hidden | Long.MIN_VALUE);
    }

    /** Null if no form of this story can have that id. */
    static @Nullable Form of(long seed, UUID id) {
        var shown = (id.getLeastSignificantBits() & MASK) * INVERSE & MASK;
        var code = (shown ^ (shown >>> 31)) * INVERSE & MASK ^ SALT;
        var form = of(code);
        return form.code() == code && form.id(seed).equals(id) ? form : null;
    }

    private static long check(long seed, long code) {
        return (Dice.hash(seed, "form", code) & ~0xF000L) | 0x4000L;
    }

    /** Newton's iteration for the multiplicative inverse modulo a power of two. */
    private static long inverse() {
        var x = ODD;
        for (var i = 0; i < 6; i++) {
            x *= 2 - ODD * x;
        }
        return x & MASK;
    }
}
