package dev.kontor.architecture.planted.adapters.marketplaces;

/** Does not wait for the interface. */
class Impatient {
    dev.kontor.architecture.planted.adapters.marketplaces.wix.Loud loud;
}
