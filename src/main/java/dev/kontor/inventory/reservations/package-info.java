/** Lets orders reserve, release and ship what they sell, each once, whatever is told of them and however often. */
@NullMarked
package dev.kontor.inventory.reservations;

import org.jspecify.annotations.NullMarked;
