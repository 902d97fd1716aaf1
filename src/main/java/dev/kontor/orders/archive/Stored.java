package dev.kontor.orders.archive;

/**
 * What became of a batch.
 *
 * @param placed archived for the first time
 * @param changed newer than what the archive had
 * @param unchanged the same as what the archive had
 * @param stale older than what the archive had, and left out
 */
public record Stored(int placed, int changed, int unchanged, int stale) {

    public static final Stored NOTHING = new Stored(0, 0, 0, 0);

    public Stored plus(Stored other) {
        return new Stored(
                placed + other.placed, changed + other.changed, unchanged + other.unchanged, stale + other.stale);
    }
}
