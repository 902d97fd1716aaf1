/** Keeps records that could not be read, until they can. */
@NullMarked
package dev.kontor.orders.quarantine;

import org.jspecify.annotations.NullMarked;
