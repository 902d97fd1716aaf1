package dev.kontor.inventory.publication;

/** The other half, with days of its own. */
class OtherLongEscrowSimulationTests extends LongEscrowSimulationTests {}
