package dev.kontor.architecture.planted.clocks.orders;

import java.time.Clock;
import java.time.LocalDate;

record Punctual(Clock clock) {
    LocalDate today() {
        return LocalDate.now(clock);
    }
}
