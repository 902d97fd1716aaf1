package dev.kontor.accounts.authorization;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.privacy.KeySetRotated;

/** Encrypts the codes that wait for sellers anew after a rotation. */
@Component
class AuthorizationReencryption {

    private final PendingAuthorizations authorizations;

    AuthorizationReencryption(PendingAuthorizations authorizations) {
        this.authorizations = authorizations;
    }

    @ApplicationModuleListener
    void on(KeySetRotated event) {
        authorizations.encryptAgain();
    }
}
