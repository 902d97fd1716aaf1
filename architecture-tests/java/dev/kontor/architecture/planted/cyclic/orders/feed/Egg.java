package dev.kontor.architecture.planted.cyclic.orders.feed;

public class Egg {
    dev.kontor.architecture.planted.cyclic.orders.archive.Chicken chicken;
}
