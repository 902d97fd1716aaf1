/** Gets a seller's permission, waits for it by a durable job, and gives it up again. */
@NullMarked
package dev.kontor.accounts.authorization;

import org.jspecify.annotations.NullMarked;
