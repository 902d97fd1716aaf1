package dev.kontor.notifications.rules;

/** A rule of which nobody tells: it looks now and then, and more than one instance may look at once. */
interface Round {

    void look();
}
