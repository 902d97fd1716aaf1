package dev.kontor.inventory.publication;

import java.time.Duration;

/** The course of a day: the shops open, whatever the dice say happens, and in the evening all numbers are right. */
class Course {

    private static final int STEPS = 400;

    private final Morning morning;
    private final Buyers buyers;
    private final Seller seller;
    private final News news;
    private final Hours hours;
    private final Troubles troubles;
    private final Turns turns;
    private final Promises promises;
    private final Evening evening;
    private final Fate fate;

    Course(
            Morning morning,
            Buyers buyers,
            Seller seller,
            News news,
            Hours hours,
            Troubles troubles,
            Turns turns,
            Promises promises,
            Evening evening,
            Fate fate) {
        this.morning = morning;
        this.buyers = buyers;
        this.seller = seller;
        this.news = news;
        this.hours = hours;
        this.troubles = troubles;
        this.turns = turns;
        this.promises = promises;
        this.evening = evening;
        this.fate = fate;
    }

    void pass(Day day) {
        morning.open(day, call -> meanwhile(day, call));
        for (int step = 0; step < STEPS; step++) {
            happens(day);
            promises.check(day);
        }
        evening.close(day);
    }

    private void happens(Day day) {
        day.totals.oneMore();
        var dice = day.dice;
        int thrown = dice.nextInt(100);
        if (thrown < 24) {
            buyers.buy(day);
        } else if (thrown < 36) {
            news.hear(day, dice.any(day.stalls), false);
        } else if (thrown < 39) {
            news.hearAgain(day);
        } else if (thrown < 47) {
            buyers.change(day);
        } else if (thrown < 51) {
            seller.receive(day);
        } else if (thrown < 72) {
            turns.work(day, 1 + dice.nextInt(8));
        } else if (thrown < 75) {
            turns.together(day);
        } else if (thrown < 86) {
            hours.pass(
                    day,
                    dice.nextInt(12) == 0
                            ? Duration.ofSeconds(dice.nextInt(400))
                            : Duration.ofMillis(dice.nextInt(12_000)));
        } else if (thrown < 94) {
            troubles.begin(day);
        } else if (thrown < 96) {
            hours.settleLate(day, dice.any(day.stalls), dice.nextInt(3) > 0);
        } else if (thrown < 98) {
            fate.strikes(1 + dice.nextInt(12));
            day.tell("fate strikes");
        } else if (day.byHand) {
            seller.interfere(day);
        } else {
            day.nesting = 1 + dice.nextInt(3);
        }
    }

    /** While a call is under way, the world goes on. */
    private void meanwhile(Day day, String call) {
        var dice = day.dice;
        if (day.nesting > 0 && !day.nested.get() && dice.nextBoolean() && day.nested.compareAndSet(false, true)) {
            try {
                int steps = day.nesting;
                day.nesting = 0;
                day.tell("meanwhile, during " + call);
                for (int step = 0; step < steps; step++) {
                    switch (dice.nextInt(5)) {
                        case 0, 1 -> buyers.buy(day);
                        case 2 -> news.hear(day, dice.any(day.stalls), false);
                        case 3 -> hours.pass(day, Duration.ofMillis(dice.nextInt(3_000)));
                        default -> {}
                    }
                    if (dice.nextInt(3) > 0) {
                        turns.work(day, 1 + dice.nextInt(6));
                    }
                }
            } finally {
                day.nested.set(false);
            }
        }
    }
}
