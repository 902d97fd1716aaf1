/** A simulated Wix site: its app and key, its orders, its search, as strict as the real one. */
@NullMarked
package dev.kontor.sandbox.wix;

import org.jspecify.annotations.NullMarked;
