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
 * @param sourceShare of the items that a source counted, which may jump
 * @param factor by which an item's count may differ from what was there, either way
 * @param units by which it may differ whatever the factor, unless none is left
 */
@ConfigurationProperties("kontor.inventory.plans")
record PlanProperties(
        @DefaultValue("0.2") double share,
        @DefaultValue("10") int least,
        @DefaultValue("10m") Duration window,
        @DefaultValue("0.3") double sourceShare,
        @DefaultValue("1.5") double factor,
        @DefaultValue("3") int units) {

    PlanProperties {
        if (!isShare(share) || !isShare(sourceShare)) {
            throw new IllegalArgumentException(
                    "kontor.inventory.plans.share and source-share must lie between 0 and 1");
        }
        if (!(factor >= 1) || units < 0) {
            throw new IllegalArgumentException(
                    "kontor.inventory.plans.factor must be at least 1, and units not negative");
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
