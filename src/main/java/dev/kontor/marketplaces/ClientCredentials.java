package dev.kontor.marketplaces;

import java.time.Duration;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/** Permission given to Kontor's own application: the seller says where it was given, and tokens are asked for anew. */
@SecondaryPort
public non-sealed interface ClientCredentials extends EnteredAuthorization, Renewable {

    @Override
    default Kind kind() {
        return Kind.CLIENT_CREDENTIALS;
    }

    @Override
    default @Nullable Duration renewalGrace() {
        return null;
    }
}
