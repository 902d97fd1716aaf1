/** Proves, on a running system, that the movements add up to the positions; also asked by the command that does it from outside. */
@NullMarked
@NamedInterface("proof")
package dev.kontor.inventory.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
