@NullMarked
package dev.kontor.architecture.planted.unmarked.marked;

import org.jspecify.annotations.NullMarked;
