package dev.kontor.architecture.planted.named.marketplaces.ozon;

class OzonOrderFeed {}
