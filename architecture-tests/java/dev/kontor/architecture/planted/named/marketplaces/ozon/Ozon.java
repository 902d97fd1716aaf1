package dev.kontor.architecture.planted.named.marketplaces.ozon;

import dev.kontor.marketplaces.Marketplace;

/** By its package the name is known. */
abstract class Ozon implements Marketplace {}
