/** What the OpenAPI document says about every operation. */
@NullMarked
package dev.kontor.api.description;

import org.jspecify.annotations.NullMarked;
