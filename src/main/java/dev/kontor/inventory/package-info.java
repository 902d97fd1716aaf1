/** Knows what the seller owns and what is spoken for, and explains every number by the movements that add up to it. */
@ApplicationModule(
        displayName = "Inventory",
        allowedDependencies = {"orders", "accounts", "marketplaces", "access", "api"})
@NullMarked
package dev.kontor.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
