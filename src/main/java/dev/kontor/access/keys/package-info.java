/** Keys for programs. */
@NullMarked
package dev.kontor.access.keys;

import org.jspecify.annotations.NullMarked;
