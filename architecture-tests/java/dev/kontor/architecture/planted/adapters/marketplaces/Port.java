package dev.kontor.architecture.planted.adapters.marketplaces;

public interface Port {}
