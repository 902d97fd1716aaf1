package dev.kontor.sandbox.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Chance that is a pure function of seed, purpose and index: whoever asks, whenever, gets the same throws. */
public final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    private Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public static Dice of(long seed, String purpose, long index) {
        return new Dice(hash(seed, purpose, index));
    }

    public static long hash(long seed, String purpose, long index) {
        return mix(mix(seed + GOLDEN * purpose.hashCode()) + GOLDEN * (index + 1));
    }

    /** A number from 0 (inclusive) to 1 (exclusive) that decides whether something with a probability happens. */
    public static double share(long seed, String purpose, long index) {
        return (hash(seed, purpose, index) >>> 11) * 0x1.0p-53;
    }

    public static UUID uuid(long seed, String purpose, long index) {
        var high = hash(seed, purpose, index);
        return new UUID((high & ~0xF000L) | 0x4000L, (mix(high + GOLDEN) >>> 2) | Long.MIN_VALUE);
    }

    public static long mix(long value) {
        var z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** Small values are more likely than large ones, as waiting times are. */
    public long delay(long shortest, long longest) {
        var share = random.nextDouble();
        return shortest + (long) (share * share * (longest - shortest));
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
