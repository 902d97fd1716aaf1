package dev.kontor.architecture.planted.adapters.marketplaces.ozon;

/** An adapter that knows another module. */
class Gossip {
    dev.kontor.architecture.planted.adapters.accounts.Account account;
    dev.kontor.architecture.planted.adapters.marketplaces.exchange.Call fine;
    dev.kontor.architecture.planted.adapters.marketplaces.Port fineToo;
}
