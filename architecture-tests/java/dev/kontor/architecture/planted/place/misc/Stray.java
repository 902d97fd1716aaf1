package dev.kontor.architecture.planted.place.misc;

/** Lies in no module. */
class Stray {}
