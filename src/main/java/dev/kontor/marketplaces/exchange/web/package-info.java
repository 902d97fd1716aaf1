/** Shows the exchange log to people. */
@NullMarked
package dev.kontor.marketplaces.exchange.web;

import org.jspecify.annotations.NullMarked;
