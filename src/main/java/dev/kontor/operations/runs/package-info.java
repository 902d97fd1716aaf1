/** The runs of every loop: what they read and changed, and how they ended. */
@NullMarked
package dev.kontor.operations.runs;

import org.jspecify.annotations.NullMarked;
