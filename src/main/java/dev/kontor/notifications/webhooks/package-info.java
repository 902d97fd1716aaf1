/**
 * Outgoing webhooks by the Standard Webhooks specification: what the other modules tell becomes messages, which are sent to
 * the endpoints that asked for them, in order for each object, until they are taken.
 */
@NullMarked
package dev.kontor.notifications.webhooks;

import org.jspecify.annotations.NullMarked;
