package dev.kontor.access;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** Encrypts what must be read again and must not lie in the database as it is. Who keeps the keys implements it. */
@SecondaryPort
public interface Seal {

    /** @param context authenticated along, so that what was moved to another row is refused; not secret */
    byte[] close(byte[] plain, String context);

    /** @throws IllegalStateException where no key opens it */
    byte[] open(byte[] sealed, String context);
}
