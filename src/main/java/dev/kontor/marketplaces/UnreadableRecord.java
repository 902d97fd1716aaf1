package dev.kontor.marketplaces;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be understood, kept as it came so that a later version of Kontor may try again.
 *
 * @param kind {@code order}, {@code change}, {@code listing} or {@code holding}
 * @param externalId the order it is about, where at least that could be read
 * @param reason names the field; holds no value of the record
 * @param raw the record's JSON, which may hold personal data
 * @param buyer the marketplace's id of whom it tells, where at least that could be read
 */
public record UnreadableRecord(
        String kind,
        @Nullable String externalId,
        String reason,
        String raw,
        @Nullable String buyer) {

    public UnreadableRecord(String kind, @Nullable String externalId, String reason, String raw) {
        this(kind, externalId, reason, raw, null);
    }

    @Override
    public String toString() {
        return "UnreadableRecord[" + kind + " " + externalId + ": " + reason + "]";
    }
}
