package dev.kontor.architecture.planted.adapters.marketplaces.ozon;

/** An adapter that knows another adapter. */
class Rival {
    dev.kontor.architecture.planted.adapters.marketplaces.wix.Loud loud;
}
