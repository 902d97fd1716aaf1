/**
 * Knows what the seller owns, what is spoken for and what each listing may show, tells the marketplaces until that was seen,
 * and explains every number by what adds up to it.
 */
@ApplicationModule(
        displayName = "Inventory",
        allowedDependencies = {"orders", "accounts", "marketplaces", "privacy", "access", "audit", "api"})
@NullMarked
package dev.kontor.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
