/** Allegro: a marketplace of Poland and its neighbours. */
@ApplicationModule(
        displayName = "Allegro",
        allowedDependencies = {"marketplaces", "marketplaces.exchange"})
@NullMarked
package dev.kontor.marketplaces.allegro;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
