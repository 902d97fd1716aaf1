/** Which offer sells which item, and what Kontor would say where nobody has said so. */
@NullMarked
package dev.kontor.inventory.listings;

import org.jspecify.annotations.NullMarked;
