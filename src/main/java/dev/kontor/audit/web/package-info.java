/** The audit log over HTTP. */
@NullMarked
package dev.kontor.audit.web;

import org.jspecify.annotations.NullMarked;
