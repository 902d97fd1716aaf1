package dev.kontor.architecture.planted.adapters.marketplaces.exchange;

public class Call {
    dev.kontor.architecture.planted.adapters.marketplaces.Port fine;
}
