/**
 * E-mail by SMTP, to addresses that people have shown to be theirs.
 *
 * <p>What is to be mailed waits in an outbox, so neither a transaction nor another module ever waits for a mail server; its words
 * are found when it is sent, and tell how things are then. All mails of an alert are one conversation.
 */
@NullMarked
package dev.kontor.notifications.mail;

import org.jspecify.annotations.NullMarked;
