/** The chain over all entries: how it grows, and whether it holds. */
@NullMarked
package dev.kontor.audit.chain;

import org.jspecify.annotations.NullMarked;
