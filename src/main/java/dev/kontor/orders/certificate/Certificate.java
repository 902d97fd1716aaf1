package dev.kontor.orders.certificate;

import java.time.Instant;
import java.time.LocalDate;

import dev.kontor.accounts.AccountId;

/**
 * The verdict on one day (UTC) of one account.
 *
 * @param complete whether the day was over, so that the verdict stands; a day that goes on gets a provisional one
 * @param listed orders in the marketplace's own list of the day
 * @param archived orders of the day in the archive after the check
 * @param repaired orders that were missing and were fetched
 * @param refreshed orders of which the list had a newer picture
 * @param unreadable listed orders that could not be read and are in quarantine
 * @param unexplained orders of the archive that the marketplace neither lists nor has merged or dropped
 * @param hash SHA-256 over the listed ids in ascending order, each followed by a line feed, in hexadecimal digits
 */
public record Certificate(
        AccountId account,
        LocalDate day,
        Instant checkedAt,
        boolean complete,
        Verdict verdict,
        int listed,
        int archived,
        int repaired,
        int refreshed,
        int unreadable,
        int unexplained,
        String hash) {

    public enum Verdict {
        /** Nothing was missing. */
        WHOLE,
        /** Something was missing and is there now. */
        REPAIRED,
        /** Something is still missing or cannot be explained. */
        GAPS;

        static Verdict of(int missing, int repaired, int unreadable, int unexplained) {
            if (missing > 0 || unreadable > 0 || unexplained > 0) {
                return GAPS;
            }
            return repaired > 0 ? REPAIRED : WHOLE;
        }
    }
}
