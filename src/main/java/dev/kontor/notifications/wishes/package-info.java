/** What a person wants to hear of and when, whatever it is that tells him. */
@NullMarked
package dev.kontor.notifications.wishes;

import org.jspecify.annotations.NullMarked;
