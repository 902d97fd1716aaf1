/** Compares a day with the marketplace's own list, repairs what is missing, and keeps the verdict. */
@NullMarked
package dev.kontor.orders.certificate;

import org.jspecify.annotations.NullMarked;
