/** Entries: what they consist of, how they are signed and stored. */
@NullMarked
package dev.kontor.audit.entries;

import org.jspecify.annotations.NullMarked;
