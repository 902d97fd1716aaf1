/** Movements, the positions that they add up to, and what any of these numbers is made of. */
@NullMarked
package dev.kontor.inventory.ledger;

import org.jspecify.annotations.NullMarked;
