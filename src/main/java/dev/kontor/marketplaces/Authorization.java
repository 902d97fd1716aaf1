package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** How a seller permits Kontor to act for him. One case a way, each with the calls that it takes. */
public sealed interface Authorization permits DeviceAuthorization, EnteredAuthorization {

    /** By which the way is known in the API and beside stored credentials. */
    enum Kind {
        DEVICE_CODE,
        CLIENT_CREDENTIALS,
        REFRESH_GRANT,
        STATIC_KEY
    }

    Kind kind();

    /** How long it holds before the seller has to permit or enter it again; null where that has no end. */
    default @Nullable Validity validity() {
        return null;
    }

    /** The secret of Kontor's own application that it takes, where there is one. */
    default Optional<ApplicationSecret> applicationSecret() {
        return Optional.empty();
    }

    /** @param sinceRenewal whether each renewal that Kontor makes by itself begins it anew */
    record Validity(Duration length, boolean sinceRenewal) {}

    /**
     * @param setting the environment variable that holds it
     * @param life how long the marketplace takes it after it was made; null where that has no end
     */
    record ApplicationSecret(
            String setting, String value, @Nullable Duration life) {
        @Override
        public String toString() {
            return "ApplicationSecret[" + setting + "]";
        }
    }
}
