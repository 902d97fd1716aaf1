package dev.kontor.api;

/** A module that has routes; the scopes of API keys are named for them. */
public enum Area {
    ACCOUNTS,
    ORDERS,
    INVENTORY,
    MARKETPLACES,
    PRIVACY,
    OPERATIONS,
    NOTIFICATIONS,
    ACCESS,
    AUDIT
}
