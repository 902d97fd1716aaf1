/** Buyers and their encrypted deposits: storing, opening, erasing, and forgetting in time. */
@NullMarked
package dev.kontor.privacy.vault;

import org.jspecify.annotations.NullMarked;
