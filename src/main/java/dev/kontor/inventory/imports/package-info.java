/** Items from a spreadsheet, with a report of every row that was refused. */
@NullMarked
package dev.kontor.inventory.imports;

import org.jspecify.annotations.NullMarked;
