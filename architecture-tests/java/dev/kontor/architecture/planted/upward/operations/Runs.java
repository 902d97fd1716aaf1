package dev.kontor.architecture.planted.upward.operations;

public class Runs {
    dev.kontor.architecture.planted.upward.orders.Archive fine;
}
