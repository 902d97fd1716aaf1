package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.List;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

/** What goes wrong at a marketplace: the next write meets a mishap, or the next answer says no. */
class Troubles {

    private final Clock clock;

    Troubles(Clock clock) {
        this.clock = clock;
    }

    void begin(Day day) {
        var dice = day.dice;
        var shop = dice.any(day.stalls).shop();
        var mishap = dice.any(List.of(Mishap.values()));
        switch (dice.nextInt(5)) {
            case 0, 1, 2 -> {
                shop.nextWrite(mishap);
                day.tell(mishap + " at " + shop.code());
            }
            default -> {
                var operation = dice.any(List.of(Operation.WRITE, Operation.WRITE, Operation.STATE, Operation.READ));
                var failure = failure(dice);
                shop.failNext(operation, failure);
                day.tell(operation + " fails at " + shop.code() + ": " + failure);
            }
        }
    }

    private Answer<?> failure(Dice dice) {
        return switch (dice.nextInt(5)) {
            case 0 -> new Answer.Throttled<>(clock.instant().plusSeconds(dice.nextInt(30)));
            case 1 -> new Answer.Rejected<>("SCRIPTED", "scripted");
            case 2 -> new Answer.Unauthorized<>("scripted");
            default -> new Answer.Unavailable<>("scripted");
        };
    }
}
