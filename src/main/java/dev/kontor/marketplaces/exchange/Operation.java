package dev.kontor.marketplaces.exchange;

/**
 * One kind of call.
 *
 * @param group operations that fail together, because the same part of the marketplace serves them
 * @param idempotent whether doing it twice is the same as doing it once, so that it may be repeated
 */
public record Operation(String group, String name, boolean idempotent) {

    public static Operation read(String group, String name) {
        return new Operation(group, name, true);
    }
}
