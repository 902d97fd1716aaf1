/** The REST interface of operations. */
@NullMarked
package dev.kontor.operations.web;

import org.jspecify.annotations.NullMarked;
