package dev.kontor.marketplaces;

/** How a seller permits Kontor to act for him. One case a way, each with the calls that it takes. */
public sealed interface Authorization permits DeviceAuthorization {}
