package dev.kontor.architecture.planted.named.orders;

/** Named for a marketplace. */
class OzonClerk {}
