package dev.kontor.architecture.planted.modulith.shop;

/** Uses a module that the shop does not declare. */
public class Window {
    dev.kontor.architecture.planted.modulith.street.Street street;
}
