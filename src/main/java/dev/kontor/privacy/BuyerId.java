package dev.kontor.privacy;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

/** One buyer as one account knows him. */
public record BuyerId(UUID value) implements Identifier {}
