/** Re-reads orders that are still open, because not every change is announced. */
@NullMarked
package dev.kontor.orders.sweep;

import org.jspecify.annotations.NullMarked;
