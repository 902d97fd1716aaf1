/** Alerts and their life: raised by a cause, taken, snoozed or resolved by people, and by time. */
@NullMarked
package dev.kontor.notifications.alerts;

import org.jspecify.annotations.NullMarked;
