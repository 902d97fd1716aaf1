/** What it takes to add a marketplace, done in full for one that does not exist. */
@NullMarked
package dev.kontor.sixth;

import org.jspecify.annotations.NullMarked;
