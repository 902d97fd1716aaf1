package dev.kontor.architecture.planted.homeless.marketplaces.wix;

import dev.kontor.marketplaces.Marketplace;

abstract class Settled implements Marketplace {}
