/** Follows an account's changes from a cursor into the archive. */
@NullMarked
package dev.kontor.orders.feed;

import org.jspecify.annotations.NullMarked;
