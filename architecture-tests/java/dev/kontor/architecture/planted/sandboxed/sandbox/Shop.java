package dev.kontor.architecture.planted.sandboxed.sandbox;

public class Shop {}
