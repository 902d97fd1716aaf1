package dev.kontor.marketplaces;

import java.time.Duration;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/** Permission by a refresh token that the seller brings along and that stays the same when it is used. */
@SecondaryPort
public non-sealed interface RefreshGrant extends EnteredAuthorization, Renewable {

    @Override
    default Kind kind() {
        return Kind.REFRESH_GRANT;
    }

    @Override
    default @Nullable Duration renewalGrace() {
        return null;
    }
}
