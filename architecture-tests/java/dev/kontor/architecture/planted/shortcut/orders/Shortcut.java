package dev.kontor.architecture.planted.shortcut.orders;

/** Calls a marketplace past its adapter. */
class Shortcut {
    dev.kontor.architecture.planted.shortcut.marketplaces.exchange.Call call;
}
