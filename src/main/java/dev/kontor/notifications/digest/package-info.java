/** How things stand and how a day went, for whatever channel tells people of it. */
@NullMarked
package dev.kontor.notifications.digest;

import org.jspecify.annotations.NullMarked;
