package dev.kontor.architecture.planted.upward.marketplaces;

/** Is at the bottom and should call nobody. */
class Bottom {
    dev.kontor.architecture.planted.upward.access.User user;
}
