/** The REST interface of accounts. */
@NullMarked
package dev.kontor.accounts.web;

import org.jspecify.annotations.NullMarked;
