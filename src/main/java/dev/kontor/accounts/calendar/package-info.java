/** When what proves who one is at a marketplace has to be replaced by a person, and the reminders of that. */
@NullMarked
package dev.kontor.accounts.calendar;

import org.jspecify.annotations.NullMarked;
