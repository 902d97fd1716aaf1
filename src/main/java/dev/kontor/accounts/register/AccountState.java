package dev.kontor.accounts.register;

/** Where an account stands. */
public enum AccountState {
    /** Waits for the seller's confirmation. */
    AUTHORIZING,
    ACTIVE,
    /** Stopped by its owner; its credentials are kept alive. */
    PAUSED,
    /** The seller, or Kontor, did not accept the confirmation. */
    REFUSED,
    /** Nobody confirmed in time, or the answer to the confirmation was lost. */
    EXPIRED,
    /** The marketplace no longer accepts the credentials. */
    DEACTIVATED,
    /** Given up by its owner; its credentials are destroyed, its orders kept. */
    DISCONNECTED;

    /** Whether the account has credentials that are believed to work. */
    public boolean connected() {
        return switch (this) {
            case ACTIVE, PAUSED -> true;
            case AUTHORIZING, REFUSED, EXPIRED, DEACTIVATED, DISCONNECTED -> false;
        };
    }
}
