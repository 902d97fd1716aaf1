/** A small HTTP server with routes, counters, limits, and a line that can be made unreliable. */
@NullMarked
package dev.kontor.sandbox.http;

import org.jspecify.annotations.NullMarked;
