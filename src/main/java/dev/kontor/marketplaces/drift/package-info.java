/** Keeps count of unknown fields and statuses. */
@NullMarked
package dev.kontor.marketplaces.drift;

import org.jspecify.annotations.NullMarked;
