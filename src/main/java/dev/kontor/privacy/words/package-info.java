/** Turns texts into normalized words, and words into keyed hashes that can be looked for but not read. */
@NullMarked
package dev.kontor.privacy.words;

import org.jspecify.annotations.NullMarked;
