/** Keeps credentials encrypted, renews them once at a time, and lends them to calls. */
@NullMarked
package dev.kontor.accounts.credentials;

import org.jspecify.annotations.NullMarked;
