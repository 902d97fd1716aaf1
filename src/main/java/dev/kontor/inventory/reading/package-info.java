/** Reads what each marketplace offers, page by page and round by round, and says which listings are gone. */
@NullMarked
package dev.kontor.inventory.reading;

import org.jspecify.annotations.NullMarked;
