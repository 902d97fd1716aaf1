/** The contract every adapter has to keep, and a marketplace in memory for the tests of other modules. */
@NullMarked
package dev.kontor.marketplaces;

import org.jspecify.annotations.NullMarked;
