/** What every simulated marketplace stands on: time, chance, faults, and a memory of what nobody could derive. */
@NullMarked
package dev.kontor.sandbox.world;

import org.jspecify.annotations.NullMarked;
