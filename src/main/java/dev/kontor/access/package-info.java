/** Who may use Kontor, by password or by key, and for what. */
@ApplicationModule(
        displayName = "Access",
        allowedDependencies = {"audit", "api"})
@NullMarked
package dev.kontor.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
