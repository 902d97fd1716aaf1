/** Simulated marketplaces that speak the real wire formats; it and Kontor talk over HTTP alone. */
@ApplicationModule(
        displayName = "Sandbox",
        allowedDependencies = {})
@NullMarked
package dev.kontor.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
