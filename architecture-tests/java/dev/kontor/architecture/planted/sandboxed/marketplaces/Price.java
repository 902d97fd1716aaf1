package dev.kontor.architecture.planted.sandboxed.marketplaces;

public class Price {}
