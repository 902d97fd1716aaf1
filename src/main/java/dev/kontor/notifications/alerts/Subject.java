package dev.kontor.notifications.alerts;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;

/**
 * What an alert is about.
 *
 * @param account that it belongs to, if it does to one
 */
public record Subject(Type type, String id, @Nullable AccountId account) {

    public enum Type {
        ACCOUNT,
        ITEM,
        PLAN,
        API_KEY,
        /** An entry of the calendar of secrets. */
        CREDENTIAL,
        /** An address that webhooks are sent to. */
        WEBHOOK_ENDPOINT,
        /** An address at which a person wants to be told. */
        MAIL_SUBSCRIPTION,
        /** Kontor as a whole. */
        KONTOR
    }

    public static final Subject KONTOR = new Subject(Type.KONTOR, "kontor", null);

    public static Subject of(AccountId account) {
        return new Subject(Type.ACCOUNT, account.toString(), account);
    }

    public static Subject of(Type type, Object id, @Nullable AccountId account) {
        return new Subject(type, id.toString(), account);
    }

    /** @param id of something that belongs to no account */
    public static Subject of(Type type, Object id) {
        return new Subject(type, id.toString(), null);
    }
}
