/**
 * What every answer of the REST interface has in common: pages, problems, tables as CSV and XLSX, headers that guard a
 * browser, and how much of a request is read.
 */
@ApplicationModule(
        displayName = "API conventions",
        allowedDependencies = {})
@NullMarked
package dev.kontor.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
