/** Proves, on a running system, that the movements add up to the positions. */
@NullMarked
package dev.kontor.inventory.proof;

import org.jspecify.annotations.NullMarked;
