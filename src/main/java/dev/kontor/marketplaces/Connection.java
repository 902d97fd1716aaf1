package dev.kontor.marketplaces;

import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * For whom, with what, and how urgently an adapter is called.
 *
 * @param wanted asked when a call has its turn, for which it may have waited long; once it says no, nothing is sent, and
 *     {@link Answer.Rejected} with the code {@link #UNWANTED} comes back
 */
public record Connection(UUID account, Credentials credentials, Lane lane, BooleanSupplier wanted) {

    public static final String UNWANTED = "UNWANTED";

    public Connection(UUID account, Credentials credentials, Lane lane) {
        this(account, credentials, lane, () -> true);
    }

    public Connection whileWanted(BooleanSupplier stillWanted) {
        return new Connection(account, credentials, lane, stillWanted);
    }
}
