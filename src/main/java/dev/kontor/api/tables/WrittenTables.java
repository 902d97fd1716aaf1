package dev.kontor.api.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import org.springframework.stereotype.Component;

import dev.kontor.api.Table;
import dev.kontor.api.TableFiles;

@Component
class WrittenTables implements TableFiles {

    @Override
    public void csv(Table<?> table, OutputStream out) {
        try {
            new CsvWriter(out).write(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
