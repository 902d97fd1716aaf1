package dev.kontor.architecture.planted.modulith.shop.safe;

/** Hidden in a part of the shop. */
public class Jewel {}
