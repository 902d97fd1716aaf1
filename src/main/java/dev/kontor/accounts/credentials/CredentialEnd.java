package dev.kontor.accounts.credentials;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Renewable;

/** Finds out until when credentials can do without the seller. */
@Component
class CredentialEnd {

    private final AccountRegister register;
    private final Marketplaces marketplaces;

    CredentialEnd(AccountRegister register, Marketplaces marketplaces) {
        this.register = register;
        this.marketplaces = marketplaces;
    }

    /** By what the marketplace declares; of what nobody can renew, its own expiry. Null where there is no end. */
    @Nullable
    Instant of(
            AccountId account, Authorization.Kind kind, Credentials credentials, Instant enteredAt, Instant renewedAt) {
        var way = marketplaces
                .get(register.get(account).marketplace())
                .authorization(kind)
                .orElse(null);
        var expiry = way instanceof Renewable ? null : credentials.expiresAt();
        var validity = way == null ? null : way.validity();
        if (validity == null) {
            return expiry;
        }
        var declared = (validity.sinceRenewal() ? renewedAt : enteredAt).plus(validity.length());
        return expiry != null && expiry.isBefore(declared) ? expiry : declared;
    }
}
