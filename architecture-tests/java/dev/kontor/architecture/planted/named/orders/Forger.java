package dev.kontor.architecture.planted.named.orders;

/** Knows a header of a marketplace. */
class Forger {
    String header() {
        return "X-WILDBERRIES-Trace";
    }
}
