/** Key sets, and what buyers may ask for, over HTTP. */
@NullMarked
package dev.kontor.privacy.web;

import org.jspecify.annotations.NullMarked;
