package dev.kontor.architecture.planted.upward.accounts;

/** An account that knows orders. */
class Upward {
    dev.kontor.architecture.planted.upward.orders.Archive archive;
}
