package dev.kontor.architecture.planted.sandboxed.orders;

/** A module that reaches into the simulation. */
class Intruder {
    dev.kontor.architecture.planted.sandboxed.sandbox.Shop shop;
}
