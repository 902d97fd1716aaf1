package dev.kontor.architecture.planted.shortcut.marketplaces.exchange;

public class Call {}
