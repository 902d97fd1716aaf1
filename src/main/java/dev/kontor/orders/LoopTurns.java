package dev.kontor.orders;

import dev.kontor.accounts.AccountId;

/** Lets a loop of an account run before its time. */
public interface LoopTurns {

    /** @return whether there is such a loop, and the account is one whose loops run */
    boolean runNow(AccountId account, String loop);
}
