/** Who may log in, and the administrator that the first start creates. */
@NullMarked
package dev.kontor.access.users;

import org.jspecify.annotations.NullMarked;
