package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A way of permission whose credentials age and are replaced without the seller. */
public interface Renewable {

    /**
     * Exchanges credentials for new ones. The old ones may be dead afterwards, so the new ones are stored before use. An
     * {@link Answer.Unauthorized} is final: the seller has to permit it again. Sent once: the caller repeats it while the
     * grace lasts, and must know for how long the credentials are under way.
     */
    Answer<Credentials> renew(UUID account, Credentials current);

    /**
     * How long the same credentials may be presented again to {@link #renew} when its answer was lost; null where that
     * is always possible.
     */
    @Nullable
    Duration renewalGrace();
}
