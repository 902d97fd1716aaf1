/** Allegro as its sellers' programs see it: device flow, event log, checkout forms, limits. */
@NullMarked
package dev.kontor.sandbox.allegro;

import org.jspecify.annotations.NullMarked;
