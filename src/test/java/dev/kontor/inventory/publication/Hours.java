package dev.kontor.inventory.publication;

import java.time.Duration;

import dev.kontor.SettableClock;
import dev.kontor.inventory.publication.Street.Stall;

/** How time passes, and what comes late with it. */
class Hours {

    private final SettableClock clock;

    Hours(SettableClock clock) {
        this.clock = clock;
    }

    /** Nothing that was sent takes effect after the longest delay. */
    void pass(Day day, Duration time) {
        var until = clock.instant().plus(time);
        for (var stall : day.stalls) {
            if (stall.shop().anyLate()) {
                var since = day.late.computeIfAbsent(stall, it -> clock.instant());
                if (until.isAfter(since.plus(Street.LONGEST).minusSeconds(1))) {
                    settleLate(day, stall, day.dice.nextBoolean());
                }
            } else {
                day.late.remove(stall);
            }
        }
        clock.advance(time);
    }

    void settleLate(Day day, Stall stall, boolean applied) {
        if (stall.shop().anyLate()) {
            day.tell("what is late at " + stall.trade() + (applied ? " is done" : " is never done"));
        }
        if (applied) {
            stall.shop().applyLate();
        } else {
            stall.shop().dropLate();
        }
        day.late.remove(stall);
    }
}
