/**
 * How adapters talk to marketplaces: which addresses are permitted, rate budgets, retries, the exchange log, and what an
 * HTTP outcome means.
 */
@ApplicationModule(
        displayName = "Exchange",
        allowedDependencies = {"marketplaces", "api"})
@NullMarked
package dev.kontor.marketplaces.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
