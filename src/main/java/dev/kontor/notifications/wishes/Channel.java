package dev.kontor.notifications.wishes;

/** A way to a person. */
public enum Channel {
    TELEGRAM,
    MAIL
}
