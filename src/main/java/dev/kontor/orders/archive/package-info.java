/** The archive itself: orders, what they were before, what the marketplace said of them, and the search. */
@NullMarked
package dev.kontor.orders.archive;

import org.jspecify.annotations.NullMarked;
