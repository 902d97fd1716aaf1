package dev.kontor.architecture.planted.homeless.marketplaces.ozon;

import dev.kontor.marketplaces.Marketplace;

/** An adapter in a package that is no module. */
abstract class Undeclared implements Marketplace {}
