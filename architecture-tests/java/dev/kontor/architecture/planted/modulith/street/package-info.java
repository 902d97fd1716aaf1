@ApplicationModule(allowedDependencies = "shop")
package dev.kontor.architecture.planted.modulith.street;

import org.springframework.modulith.ApplicationModule;
