/** Forgets what no number depends on any more. */
@NullMarked
package dev.kontor.inventory.retention;

import org.jspecify.annotations.NullMarked;
