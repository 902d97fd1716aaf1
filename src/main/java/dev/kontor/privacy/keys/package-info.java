/** The key files: outside the database, readable by their owner only, replaced atomically, shared by all instances. */
@NullMarked
@NamedInterface("keys")
package dev.kontor.privacy.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
