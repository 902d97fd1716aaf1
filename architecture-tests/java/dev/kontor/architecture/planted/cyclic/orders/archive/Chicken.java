package dev.kontor.architecture.planted.cyclic.orders.archive;

/** Two parts that need each other. */
public class Chicken {
    dev.kontor.architecture.planted.cyclic.orders.feed.Egg egg;
}
