package dev.kontor.architecture.planted.unmarked.orders;

/** Says nothing about null. */
class Unmarked {}
