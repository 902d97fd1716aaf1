/** The key files: outside the database, readable by their owner only, replaced atomically, shared by all instances. */
@NullMarked
package dev.kontor.privacy.keys;

import org.jspecify.annotations.NullMarked;
