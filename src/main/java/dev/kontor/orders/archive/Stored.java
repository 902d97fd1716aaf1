package dev.kontor.orders.archive;

/**
 * What became of a batch.
 *
 * @param placed archived for the first time
 * @param changed newer than what the archive had
 * @param unchanged the same as what the archive had
 * @param stale older than what the archive had, and left out
 * @param refused cannot be stored, and is in quarantine
 */
public record Stored(int placed, int changed, int unchanged, int stale, int refused) {

    public static final Stored NOTHING = new Stored(0, 0, 0, 0, 0);
}
