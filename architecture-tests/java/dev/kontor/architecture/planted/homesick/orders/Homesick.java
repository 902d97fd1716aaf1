package dev.kontor.architecture.planted.homesick.orders;

/** Refers to what wires it. */
class Homesick {
    dev.kontor.architecture.planted.homesick.Start start;
}
