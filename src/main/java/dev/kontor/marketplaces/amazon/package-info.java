/** Amazon: sellers of its marketplaces, one region of a seller an account. */
@ApplicationModule(
        displayName = "Amazon",
        allowedDependencies = {"marketplaces", "marketplaces.exchange"})
@NullMarked
package dev.kontor.marketplaces.amazon;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
