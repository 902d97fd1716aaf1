package dev.kontor.architecture.planted.shortcut.marketplaces.ozon;

class Feed {
    dev.kontor.architecture.planted.shortcut.marketplaces.exchange.Call fine;
}
