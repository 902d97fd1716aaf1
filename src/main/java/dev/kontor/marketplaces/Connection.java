package dev.kontor.marketplaces;

import java.util.UUID;

/** For whom, with what, and how urgently an adapter is called. */
public record Connection(UUID account, Credentials credentials, Lane lane) {}
