package dev.kontor.api;

import java.io.OutputStream;

/** Writes a table for whoever does not ask over HTTP. */
public interface TableFiles {

    /** CSV as the answers of the interface have it. */
    void csv(Table<?> table, OutputStream out);
}
