/** Where changes come from: requests and jobs name themselves. */
@NullMarked
package dev.kontor.audit.origin;

import org.jspecify.annotations.NullMarked;
