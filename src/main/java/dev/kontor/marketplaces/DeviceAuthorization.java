package dev.kontor.marketplaces;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * Permission by device code: the seller opens a link, confirms a code, and Kontor asks until he has.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628</a>
 */
@SecondaryPort
public non-sealed interface DeviceAuthorization extends Authorization, Renewable {

    @Override
    default Kind kind() {
        return Kind.DEVICE_CODE;
    }

    Answer<DeviceCode> begin(UUID account);

    /** Asks whether the seller has decided. A {@link Answer.Unavailable} means: ask again at the next interval. */
    Answer<Decision> poll(UUID account, DeviceCode code);

    /**
     * @param secret what {@link #poll} presents; nobody else may see it
     * @param link opened by the seller, the code already in it
     */
    record DeviceCode(String secret, String userCode, URI link, Instant expiresAt, Duration interval) {
        @Override
        public String toString() {
            return "DeviceCode[expiresAt=" + expiresAt + ", interval=" + interval + "]";
        }
    }

    /** How far the seller is. */
    sealed interface Decision {
        record Pending() implements Decision {}

        /** Asked too often: the interval grows by five seconds (RFC 8628, section 3.5). */
        record SlowDown() implements Decision {}

        record Granted(Credentials credentials) implements Decision {}

        record Refused(String reason) implements Decision {}

        /** The code is too old, used up or unknown; also when the granting answer was lost on the way. */
        record Expired(String reason) implements Decision {}
    }
}
