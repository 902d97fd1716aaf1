@ApplicationModule(allowedDependencies = {})
package dev.kontor.architecture.planted.modulith.shop;

import org.springframework.modulith.ApplicationModule;
