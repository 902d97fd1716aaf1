package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.marketplaces.MarketplaceOrder;

/** An order as it is about to be written: the first version, or the next. */
record OrderVersion(
        UUID id,
        int version,
        PreparedOrder prepared,
        @Nullable Instant checkAt) {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    static UUID newId() {
        return ids.generate();
    }

    /** @param id that a first sign of it has; null where there was none */
    static OrderVersion first(@Nullable UUID id, PreparedOrder prepared, Instant now) {
        return new OrderVersion(id == null ? newId() : id, 1, prepared, Recheck.after(prepared.order(), now));
    }

    static OrderVersion next(KnownOrder before, PreparedOrder prepared, Instant now) {
        return new OrderVersion(before.id(), before.version() + 1, prepared, Recheck.after(prepared.order(), now));
    }

    MarketplaceOrder order() {
        return prepared.order();
    }

    SplitDocument content() {
        return prepared.content();
    }
}
