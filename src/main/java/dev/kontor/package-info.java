/** Starts Kontor and wires what belongs to no module; nobody refers to it. */
@NullMarked
package dev.kontor;

import org.jspecify.annotations.NullMarked;
