package dev.kontor.architecture.planted.adapters.marketplaces.wix;

/** An adapter for everybody to see. */
public class Loud {
    record Inner(dev.kontor.architecture.planted.adapters.marketplaces.Port fine) {}
}
