/** Reads single orders and stores whatever that brought: the readable, the vanished and the unreadable. */
@NullMarked
package dev.kontor.orders.reading;

import org.jspecify.annotations.NullMarked;
