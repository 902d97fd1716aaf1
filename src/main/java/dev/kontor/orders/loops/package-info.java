/** What drives the recurring work of an account: durable jobs, one of a kind at a time over all instances. */
@NullMarked
package dev.kontor.orders.loops;

import org.jspecify.annotations.NullMarked;
