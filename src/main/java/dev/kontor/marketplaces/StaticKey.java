package dev.kontor.marketplaces;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** Permission by a key that goes with every call and works until its owner destroys it. */
@SecondaryPort
public non-sealed interface StaticKey extends EnteredAuthorization {

    @Override
    default Kind kind() {
        return Kind.STATIC_KEY;
    }
}
