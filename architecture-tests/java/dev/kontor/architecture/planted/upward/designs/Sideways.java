package dev.kontor.architecture.planted.upward.designs;

/** Calls a module of its own height. */
class Sideways {
    dev.kontor.architecture.planted.upward.operations.Runs runs;
}
