/** Keeps mass changes from the marketplaces until a person has looked at them. */
@NullMarked
package dev.kontor.inventory.plans;

import org.jspecify.annotations.NullMarked;
