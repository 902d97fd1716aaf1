package dev.kontor.sandbox.allegro;

import java.time.Duration;

/** What a scenario may set about Allegro's own behaviour; the defaults are Allegro's. */
public record Rules(
        int sellers,
        String clientId,
        String clientSecret,
        Decision decision,
        Duration confirmAfter,
        Duration pollInterval,
        Duration deviceCodeLife,
        Duration accessTokenLife,
        Duration refreshTokenLife,
        Duration refreshGrace,
        int requestsPerMinute,
        Duration ban,
        boolean retryAfter,
        Duration logRetention,
        Duration history,
        Duration listDelay,
        Duration offerListDelay,
        Duration commandDelay,
        double slowEdits) {

    boolean limited() {
        return requestsPerMinute > 0;
    }

    /** What the seller does with a device code if nobody tells him otherwise. */
    public enum Decision {
        CONFIRM,
        REFUSE,
        WAIT
    }
}
