/** Logging in, and keys for programs, over HTTP. */
@NullMarked
package dev.kontor.access.web;

import org.jspecify.annotations.NullMarked;
