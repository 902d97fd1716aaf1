/** The simulated Bazarek. */
@NullMarked
package dev.kontor.sandbox.bazarek;

import org.jspecify.annotations.NullMarked;
