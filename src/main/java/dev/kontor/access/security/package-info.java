/** Which caller may make which request. */
@NullMarked
package dev.kontor.access.security;

import org.jspecify.annotations.NullMarked;
