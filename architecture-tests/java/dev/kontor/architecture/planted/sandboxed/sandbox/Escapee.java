package dev.kontor.architecture.planted.sandboxed.sandbox;

/** A simulation that uses Kontor. */
class Escapee {
    dev.kontor.architecture.planted.sandboxed.marketplaces.Price price;
}
