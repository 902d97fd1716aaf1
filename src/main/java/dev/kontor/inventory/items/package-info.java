/** What the seller owns, and where it is kept. */
@NullMarked
package dev.kontor.inventory.items;

import org.jspecify.annotations.NullMarked;
