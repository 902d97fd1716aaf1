/**
 * Makes the module documentation from the compiled code: diagrams and canvases by Spring Modulith, drawn by PlantUML and
 * Asciidoctor into pages that Kontor serves under {@code /docs/modules}. The build runs it after test compilation.
 */
@NullMarked
package dev.kontor.documentation;

import org.jspecify.annotations.NullMarked;
