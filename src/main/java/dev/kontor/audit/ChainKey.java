package dev.kontor.audit;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** A key that is not in the database, so that nobody who has only that can write entries or mend the chain. */
@SecondaryPort
public interface ChainKey {

    /** The keyed hash of the content, 32 bytes; the same for ever. */
    byte[] sign(byte[] content);
}
