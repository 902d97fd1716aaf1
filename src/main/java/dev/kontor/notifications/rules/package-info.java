/** What is worth an alert, one rule a class. */
@NullMarked
package dev.kontor.notifications.rules;

import org.jspecify.annotations.NullMarked;
