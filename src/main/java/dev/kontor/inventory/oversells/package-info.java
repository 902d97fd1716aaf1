/** Notices when more is sold than is there, says why, and lets people accept it. */
@NullMarked
package dev.kontor.inventory.oversells;

import org.jspecify.annotations.NullMarked;
