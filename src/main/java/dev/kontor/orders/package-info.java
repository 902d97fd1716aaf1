/** Keeps every order of every connected account, with its history, and proves that none is missing. */
@ApplicationModule(
        displayName = "Orders",
        allowedDependencies = {"accounts", "marketplaces", "privacy", "access", "audit", "api"})
@NullMarked
package dev.kontor.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
