package dev.kontor.notifications;

/** How much it matters that somebody looks; what comes later is worse. */
public enum Severity {
    /** It can wait for a quiet hour. */
    INFO,
    /** Something is going wrong, and gets worse when nobody looks. */
    WARNING,
    /** One of Kontor's promises is broken, or about to be. */
    CRITICAL
}
