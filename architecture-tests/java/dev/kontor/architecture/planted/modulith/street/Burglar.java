package dev.kontor.architecture.planted.modulith.street;

/** Uses a part of another module. */
class Burglar {
    dev.kontor.architecture.planted.modulith.shop.safe.Jewel jewel;
}
