/**
 * The promises of the architecture, each with the code that breaks it: a rule that cannot fail is no rule. The rules are
 * functions of a root package, so that the same rule runs on Kontor and on the small broken copies of it in
 * {@code planted}.
 */
@NullMarked
package dev.kontor.architecture;

import org.jspecify.annotations.NullMarked;
