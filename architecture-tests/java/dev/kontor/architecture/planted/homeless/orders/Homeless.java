package dev.kontor.architecture.planted.homeless.orders;

import dev.kontor.marketplaces.Marketplace;

/** An adapter in somebody else's module. */
abstract class Homeless implements Marketplace {}
