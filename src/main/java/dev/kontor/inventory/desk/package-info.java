/** Answers people who ask elsewhere than over HTTP, such as in a chat. */
@NullMarked
package dev.kontor.inventory.desk;

import org.jspecify.annotations.NullMarked;
