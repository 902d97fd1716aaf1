/** Bazarek: small shops, each behind a key of its own. */
@ApplicationModule(
        displayName = "Bazarek",
        allowedDependencies = {"marketplaces", "marketplaces.exchange"})
@NullMarked
package dev.kontor.marketplaces.bazarek;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
