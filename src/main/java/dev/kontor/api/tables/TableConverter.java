package dev.kontor.api.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

import dev.kontor.api.Table;

/** Writes a table in one format as the answer's body. */
record TableConverter(MediaType type, String ending, Format format) implements HttpMessageConverter<Table<?>> {

    @FunctionalInterface
    interface Format {
        void write(Table<?> table, OutputStream out) throws IOException;
    }

    static final TableConverter CSV = new TableConverter(
            MediaType.parseMediaType(Table.CSV + ";charset=UTF-8"),
            "csv",
            (table, out) -> new CsvWriter(out).write(table));
    static final TableConverter XLSX = new TableConverter(
            MediaType.parseMediaType(Table.XLSX), "xlsx", (table, out) -> new XlsxWriter(out, table).write());

    @Override
    public boolean canRead(Class<?> clazz, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public boolean canWrite(Class<?> clazz, @Nullable MediaType mediaType) {
        return clazz == Table.class && (mediaType == null || type.isCompatibleWith(mediaType));
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(type);
    }

    @Override
    public Table<?> read(Class<? extends Table<?>> clazz, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("tables are only written", message);
    }

    @Override
    public void write(Table<?> table, @Nullable MediaType contentType, HttpOutputMessage message) throws IOException {
        message.getHeaders().setContentType(type);
        message.getHeaders()
                .setContentDisposition(ContentDisposition.attachment()
                        .filename(table.name() + "." + ending)
                        .build());
        format.write(table, message.getBody());
    }
}
