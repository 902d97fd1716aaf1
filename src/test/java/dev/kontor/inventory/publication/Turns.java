package dev.kontor.inventory.publication;

import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;

/** What Kontor does: any of its duties, one after the other or two at once, until fate ends it. */
class Turns {

    private final Duties duties;

    Turns(Duties duties) {
        this.duties = duties;
    }

    void work(Day day, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            if (!alive(day, () -> {
                var due = duties.due();
                if (!due.isEmpty()) {
                    day.totals.oneMore();
                    var duty = day.dice.any(due);
                    if (duty.name().startsWith("settle")) {
                        duty = day.dice.any(due); // most of these find nothing new
                    }
                    day.tell("duty: " + duty.name().split(" ")[0] + " " + shop(day, duty.name()));
                    duty.work().getAsBoolean();
                }
            })) {
                return;
            }
        }
    }

    private static String shop(Day day, String duty) {
        return day.stalls.stream()
                .filter(stall -> duty.endsWith(stall.account().toString()))
                .map(stall -> stall.trade().name())
                .findFirst()
                .orElse("");
    }

    /** @return whether Kontor is still alive; if not, another one begins where it was killed */
    boolean alive(Day day, Runnable steps) {
        try {
            steps.run();
            return true;
        } catch (Fate.Died died) {
            day.tell("killed");
            day.totals.add("killed", 1);
            return false;
        } catch (IllegalStateException failure) {
            if (failure.getCause() instanceof Fate.Died) {
                day.tell("killed");
                day.totals.add("killed", 1);
                return false;
            }
            throw failure;
        }
    }

    /** Two instances at once. */
    void together(Day day) {
        day.tell("two at once");
        day.nested.set(true); // only buyers and marketplaces are alone
        var failure = new AtomicReference<@Nullable Throwable>();
        var instances = Stream.of(day.dice.nextLong(), day.dice.nextLong())
                .map(Random::new)
                .map(dice -> Thread.ofVirtual().start(() -> {
                    try {
                        for (int turn = 0; turn < 6; turn++) {
                            var due = duties.due();
                            if (!due.isEmpty()) {
                                day.totals.oneMore();
                                due.get(dice.nextInt(due.size())).work().getAsBoolean();
                            }
                        }
                    } catch (Fate.Died died) {
                        // the other one goes on
                    } catch (ConcurrencyFailureException collision) {
                        day.totals.add("collisions", 1);
                    } catch (Throwable other) {
                        if (!(other.getCause() instanceof Fate.Died)) {
                            failure.set(other);
                        }
                    }
                }))
                .toList();
        try {
            for (var instance : instances) {
                instance.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        day.nested.set(false);
        if (failure.get() != null) {
            throw new AssertionError("two at once", failure.get());
        }
    }
}
