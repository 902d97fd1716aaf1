package dev.kontor.architecture.planted.named.marketplaces.wildberries;

import dev.kontor.marketplaces.Marketplace;

/** By its package the name is known. */
abstract class Wildberries implements Marketplace {}
