/** Logins: short-lived access tokens, and refresh tokens that are good for one use. */
@NullMarked
package dev.kontor.access.sessions;

import org.jspecify.annotations.NullMarked;
