package dev.kontor.accounts.register;

import dev.kontor.accounts.AccountId;

/** Somebody asked for an account that Kontor does not have. */
public class NoSuchAccount extends RuntimeException {

    public NoSuchAccount(AccountId account) {
        super("there is no account " + account);
    }
}
