/** Drives the whole of Kontor through the sandbox while things go wrong, and compares what it kept with the truth. */
package dev.kontor.faults;
