/** Brings an account's past into the archive, oldest first. */
@NullMarked
package dev.kontor.orders.backfill;

import org.jspecify.annotations.NullMarked;
