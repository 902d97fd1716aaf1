/** How many units each listing can still sell without Kontor knowing, which is what escrow promises to keep covered. */
@NullMarked
package dev.kontor.inventory.exposure;

import org.jspecify.annotations.NullMarked;
