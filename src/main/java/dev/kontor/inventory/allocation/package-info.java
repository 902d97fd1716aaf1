/** How many each listing may show: a function of stock, policies and what the listings can still sell, and of nothing else. */
@NullMarked
package dev.kontor.inventory.allocation;

import org.jspecify.annotations.NullMarked;
