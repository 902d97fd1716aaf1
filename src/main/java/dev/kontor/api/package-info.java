/** What every answer of the REST interface has in common: pages, problems, tables as CSV and XLSX. */
@ApplicationModule(
        displayName = "API conventions",
        allowedDependencies = {})
@NullMarked
package dev.kontor.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
