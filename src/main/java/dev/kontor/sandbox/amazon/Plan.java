package dev.kontor.sandbox.amazon;

/** How often an operation may be asked: tokens that are added each second, and how many there can be. */
record Plan(String operation, double rate, int burst) {}
