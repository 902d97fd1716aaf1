/** The chain over all entries: how it grows, and whether it holds; also asked by the command that verifies it from outside. */
@NullMarked
@NamedInterface("chain")
package dev.kontor.audit.chain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
