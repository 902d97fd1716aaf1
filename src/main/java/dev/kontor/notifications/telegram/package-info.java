/**
 * The control room in a chat: it tells people of alerts, and does what they ask, as the person to whom a chat belongs.
 *
 * <p>What comes in is stored before anything else and handled once; what goes out waits in an outbox. So nobody ever waits for
 * Telegram, neither Kontor's other modules nor a transaction.
 *
 * <p>People are called seldom: what heals before long calls nobody, what has one origin calls once, and the digest has all
 * that nobody was called for.
 */
@NullMarked
package dev.kontor.notifications.telegram;

import org.jspecify.annotations.NullMarked;
