/** Makes guessing slow, and keeps those who guess from locking the owner out. */
@NullMarked
package dev.kontor.access.attempts;

import org.jspecify.annotations.NullMarked;
