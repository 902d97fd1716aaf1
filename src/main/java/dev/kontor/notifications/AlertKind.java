package dev.kontor.notifications;

/** What people are told of. A name is stable: settings, clients and message files use it. */
public enum AlertKind {
    /** A loop failed several times in a row. */
    SYNC_FAILING(Severity.WARNING),
    /** A loop was not whole several times in a row; what is missing is tried again. */
    SYNC_PARTIAL(Severity.INFO),
    /** A loop has finished no run for too long. */
    SYNC_SILENT(Severity.WARNING),
    /** The marketplace has orders that Kontor does not hear of although it asks. */
    ORDERS_UNHEARD(Severity.CRITICAL),
    /** No order came for longer than can be believed, and it is not for Kontor that none does. */
    ORDERS_SILENT(Severity.WARNING),
    /** A limit of the marketplace keeps a loop waiting for long; it goes on by itself. */
    RATE_LIMITED(Severity.INFO),
    /** The marketplace does not accept the account's permission any more. */
    PERMISSION_REFUSED(Severity.CRITICAL),
    /** What proves who Kontor is at a marketplace has to be replaced by a person. */
    CREDENTIAL_AGEING(Severity.INFO),
    /** A key of a program expires. */
    API_KEY_AGEING(Severity.INFO),
    /** Orders of a day that is over are missing, or cannot be explained. */
    CERTIFICATE_GAPS(Severity.CRITICAL),
    /** Much of the time for which the marketplace remembers changes is used up. */
    FEED_WINDOW(Severity.WARNING),
    /** More and more records cannot be read. */
    QUARANTINE_GROWING(Severity.WARNING),
    /** More was sold than is there. */
    OVERSELL(Severity.CRITICAL),
    /** Orders move no stock although it was tried several times. */
    STOCK_BEHIND(Severity.CRITICAL),
    /** A mass change waits for a person. */
    PLAN_WAITING(Severity.WARNING),
    /** Buyers were not seen to be shown what they should be for too long. */
    QUANTITY_UNVERIFIED(Severity.WARNING),
    /** Quantities at the marketplace are changed by others. */
    QUANTITY_DIFFERS(Severity.INFO),
    /** The movements do not add up to the stock. */
    LEDGER_WRONG(Severity.CRITICAL),
    /** The database fails again and again. */
    DATABASE_TROUBLE(Severity.CRITICAL),
    /** Somebody has tampered with the audit log. */
    AUDIT_BROKEN(Severity.CRITICAL),
    /** Personal data are kept for longer than they may be. */
    RETENTION_MISSED(Severity.CRITICAL),
    /** Another system does not take what it asked to be told, and is told nothing any more. */
    WEBHOOK_DISABLED(Severity.WARNING),
    /** The mail server does not take mail, or none for an address. */
    MAIL_UNDELIVERED(Severity.WARNING);

    private final Severity severity;

    AlertKind(Severity severity) {
        this.severity = severity;
    }

    /** Where neither a rule nor a setting says another. */
    public Severity severity() {
        return severity;
    }
}
