/** Writes tables as CSV and XLSX in constant memory. */
@NullMarked
package dev.kontor.api.tables;

import org.jspecify.annotations.NullMarked;
