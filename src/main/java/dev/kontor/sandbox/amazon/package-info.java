/** A seller on a simulated Amazon: tokens, operations with a token bucket each, orders, a queue of notifications. */
@NullMarked
package dev.kontor.sandbox.amazon;

import org.jspecify.annotations.NullMarked;
