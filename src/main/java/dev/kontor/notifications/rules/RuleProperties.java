package dev.kontor.notifications.rules;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When something is worth an alert.
 *
 * @param failedRuns so many of a loop in a row
 * @param partialRuns so many of a loop in a row that were not whole
 * @param silentIntervals so many of a loop without a run
 * @param silent but never sooner than that
 * @param quiet nobody buys for so long, though the account should have sold something and its marketplace answers
 * @param held a limit keeps a loop waiting for so long
 * @param unverified buyers were not seen to be shown a quantity for so long
 * @param quarantined so many records that came in within a day cannot be read
 * @param differing so many quantities of an account that others have changed within an hour
 * @param databaseFaults so many within a quarter of an hour
 */
@ConfigurationProperties("kontor.notifications.rules")
record RuleProperties(
        @DefaultValue("3") int failedRuns,
        @DefaultValue("5") int partialRuns,
        @DefaultValue("3") int silentIntervals,
        @DefaultValue("3m") Duration silent,
        @DefaultValue("72h") Duration quiet,
        @DefaultValue("30m") Duration held,
        @DefaultValue("30m") Duration unverified,
        @DefaultValue("5") int quarantined,
        @DefaultValue("3") int differing,
        @DefaultValue("3") int databaseFaults) {

    RuleProperties {
        if (failedRuns < 1
                || partialRuns < 1
                || silentIntervals < 1
                || quarantined < 1
                || differing < 1
                || databaseFaults < 1) {
            throw new IllegalArgumentException("kontor.notifications.rules.failed-runs, partial-runs, silent-intervals,"
                    + " quarantined, differing and database-faults must be at least 1");
        }
        if (!silent.isPositive() || !quiet.isPositive() || !held.isPositive() || !unverified.isPositive()) {
            throw new IllegalArgumentException(
                    "kontor.notifications.rules.silent, quiet, held and unverified must be positive");
        }
    }
}
