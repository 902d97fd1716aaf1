package dev.kontor.architecture.planted.clocks.orders;

import java.time.Clock;

/** Brings its own clock. */
class Sundial {
    Clock clock = Clock.systemUTC();
    long now = System.currentTimeMillis();
}
