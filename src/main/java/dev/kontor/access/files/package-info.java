/** Settings and files with secrets, readable by the owner alone. */
@NullMarked
package dev.kontor.access.files;

import org.jspecify.annotations.NullMarked;
