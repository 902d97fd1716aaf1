/** The second thing that proves who a person is: a device that shows codes, or one of some codes on paper. */
@NullMarked
package dev.kontor.access.factors;

import org.jspecify.annotations.NullMarked;
