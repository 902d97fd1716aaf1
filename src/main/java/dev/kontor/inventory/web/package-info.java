/** The REST interface of inventory. */
@NullMarked
package dev.kontor.inventory.web;

import org.jspecify.annotations.NullMarked;
