package dev.kontor.accounts.authorization;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;

/**
 * A code that a seller is to confirm.
 *
 * @param id another one replaces it when the account is authorized anew
 * @param granted what the seller granted, while it is not known yet who he is
 */
record PendingAuthorization(
        AccountId account,
        UUID id,
        DeviceCode code,
        @Nullable Credentials granted,
        Instant startedAt,
        Instant pollAt) {

    static PendingAuthorization begun(AccountId account, DeviceCode code, Instant at) {
        return new PendingAuthorization(account, UUID.randomUUID(), code, null, at, at.plus(code.interval()));
    }

    PendingAuthorization pollingAt(Instant at) {
        return new PendingAuthorization(account, id, code, granted, startedAt, at);
    }

    PendingAuthorization slowerBy(Duration more) {
        var slower = new DeviceCode(
                code.secret(),
                code.userCode(),
                code.link(),
                code.expiresAt(),
                code.interval().plus(more));
        return new PendingAuthorization(account, id, slower, granted, startedAt, pollAt);
    }

    PendingAuthorization grantedWith(Credentials credentials) {
        return new PendingAuthorization(account, id, code, credentials, startedAt, pollAt);
    }

    /** What may be shown of it. */
    URI link() {
        return code.link();
    }

    @Override
    public String toString() {
        return "PendingAuthorization[" + account + ", pollAt=" + pollAt + "]";
    }
}
