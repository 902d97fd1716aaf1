/** The one interface behind which every marketplace stands, and the vocabulary that both sides share. */
@ApplicationModule(
        displayName = "Marketplaces",
        allowedDependencies = {"api"})
@NullMarked
package dev.kontor.marketplaces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
