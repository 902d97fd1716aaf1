package dev.kontor.accounts;

import java.util.function.BiFunction;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;

/** Lets other modules act for an account without ever holding its credentials. */
public interface Connections {

    /** The code of the rejection when an account is not active. */
    String INACTIVE = "INACTIVE";

    /**
     * Calls the account's marketplace with valid credentials. When the marketplace refuses them, they are renewed once
     * and the call is made once more; when it refuses again, the account is deactivated and {@link Answer.Unauthorized}
     * comes back. An account that is not active is not called: {@link Answer.Rejected} with the code {@link #INACTIVE}.
     * Never called inside a transaction.
     */
    <T> Answer<T> call(AccountId account, Lane lane, BiFunction<Marketplace, Connection, Answer<T>> call);
}
