package dev.kontor.inventory.publication;

import java.util.List;
import java.util.Random;

/** All chance of a day, repeated by its seed. */
final class Dice extends Random {
    private static final long serialVersionUID = 1;

    Dice(long seed) {
        super(seed);
    }

    <T> T any(List<T> some) {
        return some.get(nextInt(some.size()));
    }
}
