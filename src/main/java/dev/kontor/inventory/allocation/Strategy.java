package dev.kontor.inventory.allocation;

/** How listings share what there is, the more careful the later. */
public enum Strategy {
    /** Each shows all of it. */
    MIRROR,
    /** Each shows all of it while there is plenty; the last units are divided. */
    AUTO,
    /** The units are divided, so that none can be sold twice. */
    ESCROW
}
