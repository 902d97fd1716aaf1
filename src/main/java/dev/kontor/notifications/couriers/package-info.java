/** Threads that bring what waits to where it belongs, woken where something new waits. */
@NullMarked
package dev.kontor.notifications.couriers;

import org.jspecify.annotations.NullMarked;
