package dev.kontor.sandbox.amazon;

import java.util.List;

/**
 * An order as it stands.
 *
 * @param fba whether Amazon sends it from its own warehouse
 * @param steps it went through, oldest first, never none
 */
record Purchase(int key, String marketplace, boolean fba, List<Part> parts, List<Step> steps) {

    /** Some units of one of the seller's goods. */
    record Part(int goods, int quantity) {}

    Step now() {
        return steps.getLast();
    }

    long createdAt() {
        return steps.getFirst().at();
    }

    Purchase until(int count) {
        return new Purchase(key, marketplace, fba, parts, List.copyOf(steps.subList(0, count)));
    }
}
