/** The accounts themselves: who they belong to, where they stand, and how that changes. */
@NullMarked
package dev.kontor.accounts.register;

import org.jspecify.annotations.NullMarked;
