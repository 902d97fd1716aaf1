/** Key sets and the erasure of buyers over HTTP. */
@NullMarked
package dev.kontor.privacy.web;

import org.jspecify.annotations.NullMarked;
