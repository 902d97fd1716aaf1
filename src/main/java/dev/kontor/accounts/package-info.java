/** Knows the seller's connected accounts, gets and renews their permissions, and keeps their credentials encrypted. */
@ApplicationModule(
        displayName = "Accounts",
        allowedDependencies = {"marketplaces", "privacy", "access", "audit", "api"})
@NullMarked
package dev.kontor.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
