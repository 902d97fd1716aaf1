/** Tells people which marketplaces there are and what they can do. */
@NullMarked
package dev.kontor.marketplaces.web;

import org.jspecify.annotations.NullMarked;
