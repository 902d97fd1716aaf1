/** How much each caller may ask for. */
@NullMarked
package dev.kontor.access.limits;

import org.jspecify.annotations.NullMarked;
