/** How Kontor reads requests and says what is wrong with them. */
@NullMarked
package dev.kontor.api.web;

import org.jspecify.annotations.NullMarked;
