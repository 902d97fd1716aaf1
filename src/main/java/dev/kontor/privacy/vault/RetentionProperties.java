package dev.kontor.privacy.vault;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param retention how long personal data of a marketplace are kept, such as {@code allegro: 730d} */
@ConfigurationProperties("kontor.privacy")
record RetentionProperties(@DefaultValue Map<String, Period> retention) {

    RetentionProperties {
        retention.forEach((marketplace, period) -> {
            if (days(period) <= 0) {
                throw new IllegalArgumentException(
                        "kontor.privacy.retention." + marketplace + " must be at least one day");
            }
        });
    }

    @Nullable
    Integer daysFor(String marketplace) {
        var period = retention.get(marketplace.toLowerCase(Locale.ROOT));
        return period == null ? null : days(period);
    }

    private static int days(Period period) {
        return Math.toIntExact(ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.EPOCH.plus(period)));
    }
}
