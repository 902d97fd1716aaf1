/** Asks which side is the truth when an account is connected, and shows how far both sides differ. */
@NullMarked
package dev.kontor.inventory.truth;

import org.jspecify.annotations.NullMarked;
