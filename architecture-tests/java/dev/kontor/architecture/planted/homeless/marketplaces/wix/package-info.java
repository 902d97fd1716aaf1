@ApplicationModule
package dev.kontor.architecture.planted.homeless.marketplaces.wix;

import org.springframework.modulith.ApplicationModule;
