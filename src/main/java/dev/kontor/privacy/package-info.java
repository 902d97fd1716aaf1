/** The vault: personal data under a key of each buyer, findable without being readable, and erasable for good. */
@ApplicationModule(
        displayName = "Privacy",
        allowedDependencies = {"access", "audit", "api"})
@NullMarked
package dev.kontor.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
