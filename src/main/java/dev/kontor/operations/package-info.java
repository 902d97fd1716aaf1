/** Tells what Kontor is doing and how well: the runs of every loop, and whether orders fail to come. */
@ApplicationModule(
        displayName = "Operations",
        allowedDependencies = {"orders", "accounts", "marketplaces", "privacy", "access", "audit", "api"})
@NullMarked
package dev.kontor.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
