/** Makes orders anew from the documents that are kept, when Kontor has learnt to understand them better. */
@NullMarked
package dev.kontor.orders.rebuild;

import org.jspecify.annotations.NullMarked;
