/**
 * Hears when orders fail to come. Two things are looked at, for each account by itself. A <em>canary</em>, a small and real
 * question to the marketplace by another way than the feed's, is asked once an interval: whether its log goes on where the
 * feed stands still, and whether it lists orders that nobody has heard of. And a <em>rhythm</em> learnt from the archive says
 * how many orders should have come since the last one, and how likely it is that there was none. Together they tell "the pipe is
 * broken", "the marketplace is down" and "it is just quiet" apart.
 */
@NullMarked
package dev.kontor.operations.silence;

import org.jspecify.annotations.NullMarked;
