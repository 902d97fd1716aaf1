/** Takes in what marketplaces tell by themselves: checked, kept before it is answered, acted on once. */
@NullMarked
package dev.kontor.accounts.hooks;

import org.jspecify.annotations.NullMarked;
