/** What the seller wishes for all listings, an item's, an account's or a single one, and what that comes to. */
@NullMarked
package dev.kontor.inventory.policies;

import org.jspecify.annotations.NullMarked;
