package dev.kontor.accounts.hooks;

import java.time.Clock;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;

/** Measures how long a marketplace waited to be told that its word was taken, and says where that was too long for it. */
@Component
public class AnswerTimes {

    private static final Logger log = LoggerFactory.getLogger(AnswerTimes.class);
    private static final int TAKEN = 200;

    private final Marketplaces marketplaces;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Complaints complaints = new Complaints();

    AnswerTimes(Marketplaces marketplaces, MeterRegistry meters, Clock clock) {
        this.marketplaces = marketplaces;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param marketplace as the address names it; nothing is kept of one that tells nothing */
    public void answered(String marketplace, int status, Duration took) {
        marketplaces.all().stream()
                .filter(it -> it.code().value().equals(marketplace))
                .findFirst()
                .ifPresent(it -> answered(it, status, took));
    }

    private void answered(Marketplace marketplace, int status, Duration took) {
        marketplace.push().ifPresent(push -> {
            var patience = push.patience();
            var timer = Timer.builder("kontor.hooks.answers")
                    .tags("marketplace", marketplace.code().value(), "status", String.valueOf(status));
            patience.ifPresent(timer::serviceLevelObjectives);
            timer.register(meters).record(took);
            patience.filter(it -> status == TAKEN && took.compareTo(it) > 0)
                    .ifPresent(it -> late(marketplace.code(), took, it));
        });
    }

    private void late(MarketplaceCode marketplace, Duration took, Duration patience) {
        if (complaints.isDue(marketplace.value(), clock.instant())) {
            log.warn(
                    "{} was answered after {} ms and waits for {} ms: it takes what it told for lost and tells it again."
                            + " Kontor or its database is too slow.",
                    marketplace,
                    took.toMillis(),
                    patience.toMillis());
        }
    }
}
