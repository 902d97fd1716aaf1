package dev.kontor.architecture.planted.clocks.orders;

import java.time.Instant;

/** Knows the time by itself. */
class Impatience {
    Instant at() {
        return Instant.now();
    }
}
