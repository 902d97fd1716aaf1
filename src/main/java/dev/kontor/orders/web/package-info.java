/** The REST interface of the archive. */
@NullMarked
package dev.kontor.orders.web;

import org.jspecify.annotations.NullMarked;
