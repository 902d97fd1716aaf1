/** Tells marketplaces what their listings may show, one write to a listing at a time, until it is read back. */
@NullMarked
package dev.kontor.inventory.publication;

import org.jspecify.annotations.NullMarked;
