/** The REST interface of alerts and webhooks. */
@NullMarked
package dev.kontor.notifications.web;

import org.jspecify.annotations.NullMarked;
