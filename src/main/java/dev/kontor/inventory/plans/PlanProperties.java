package dev.kontor.inventory.plans;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is a mass change.
 *
 * @param share of an account's listings that may be set to zero by other causes than sales
 * @param least listings, or items of a source; fewer are no mass
 * @param window within which changes belong together
 * @param sourceShare of the items that a source counted, which may fall
 * @param fall of an item's count, as a share of what was there, from which on it may be a mistake
 */
@ConfigurationProperties("kontor.inventory.plans")
record PlanProperties(
        @DefaultValue("0.2") double share,
        @DefaultValue("10") int least,
        @DefaultValue("10m") Duration window,
        @DefaultValue("0.5") double sourceShare,
        @DefaultValue("0.8") double fall) {

    PlanProperties {
        if (!isShare(share) || !isShare(sourceShare) || !isShare(fall)) {
            throw new IllegalArgumentException(
                    "kontor.inventory.plans.share, source-share and fall must lie between 0 and 1");
        }
        if (least < 1 || !window.isPositive()) {
            throw new IllegalArgumentException("kontor.inventory.plans.least and window must be positive");
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    boolean mass(int zeroed, LongSupplier listings) {
        return zeroed >= least && zeroed > share * listings.getAsLong();
    }
}
