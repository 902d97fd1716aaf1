package dev.kontor.accounts.credentials;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.privacy.Cipher;

/** Turns credentials into what may be stored, and back. What was sealed for one account opens for no other. */
@Component
public class CredentialSeal {

    private static final JsonMapper json = JsonMapper.shared();

    private final Cipher cipher;

    CredentialSeal(Cipher cipher) {
        this.cipher = cipher;
    }

    public byte[] seal(AccountId account, Credentials credentials) {
        return cipher.encrypt(json.writeValueAsBytes(credentials), account.toString());
    }

    public Credentials open(AccountId account, byte[] sealed) {
        return json.readValue(cipher.decrypt(sealed, account.toString()), Credentials.class);
    }
}
