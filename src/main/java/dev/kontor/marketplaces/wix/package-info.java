/** Wix: shops that their owners build with it, one site an account. */
@ApplicationModule(
        displayName = "Wix",
        allowedDependencies = {"marketplaces", "marketplaces.exchange"})
@NullMarked
package dev.kontor.marketplaces.wix;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
