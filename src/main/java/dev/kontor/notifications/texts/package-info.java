/** What alerts say to people, by language. */
@NullMarked
package dev.kontor.notifications.texts;

import org.jspecify.annotations.NullMarked;
