package dev.kontor.orders.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * New rows by PostgreSQL's COPY, which takes them in at a fraction of the cost of inserts; in its binary format, of which
 * the server has the least to read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">File Formats: Binary Format</a>
 */
final class CopyRows {

    /** Rows are sent in pieces of about this many bytes, however many rows there are. */
    private static final int PIECE = 1 << 15;

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final byte JSONB_VERSION = 1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn target;
    private final int columns;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * PIECE);
    private final DataOutputStream piece = new DataOutputStream(bytes);
    private int written;

    /** Writes the rows one after another. */
    interface Rows {
        void write(CopyRows target) throws SQLException, IOException;
    }

    private CopyRows(CopyIn target) {
        this.target = target;
        this.columns = target.getFieldCount();
    }

    /** Joins the current transaction. */
    static void into(String table, JdbcTemplate jdbc, Rows rows) {
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            var copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin (format binary)");
            try {
                var target = new CopyRows(copy);
                target.begin();
                rows.write(target);
                target.finish();
                return copy.endCopy();
            } catch (IOException e) {
                throw new IllegalStateException("a buffer in memory failed", e);
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        });
    }

    /**
     * In the order of the columns, and of exactly the column's type: {@code Short} for smallint, {@code Integer} for int,
     * {@code Long} for bigint.
     */
    CopyRows value(@Nullable Object value) throws IOException {
        column();
        switch (value) {
            case null -> piece.writeInt(-1);
            case String text -> content(text.getBytes(StandardCharsets.UTF_8));
            case byte[] content -> content(content);
            case UUID id -> {
                piece.writeInt(16);
                piece.writeLong(id.getMostSignificantBits());
                piece.writeLong(id.getLeastSignificantBits());
            }
            case Instant time -> {
                piece.writeInt(Long.BYTES);
                piece.writeLong(ChronoUnit.MICROS.between(EPOCH, time));
            }
            case BigDecimal number -> content(ByteConverter.numeric(number));
            case Long number -> {
                piece.writeInt(Long.BYTES);
                piece.writeLong(number);
            }
            case Integer number -> {
                piece.writeInt(Integer.BYTES);
                piece.writeInt(number);
            }
            case Short number -> {
                piece.writeInt(Short.BYTES);
                piece.writeShort(number);
            }
            case Boolean truth -> {
                piece.writeInt(1);
                piece.writeBoolean(truth);
            }
            case Enum<?> constant -> content(constant.name().getBytes(StandardCharsets.UTF_8));
            default ->
                throw new IllegalArgumentException(
                        "no column takes a " + value.getClass().getSimpleName());
        }
        return this;
    }

    /** JSON in UTF-8 for a column of type jsonb. */
    CopyRows json(byte[] json) throws IOException {
        column();
        piece.writeInt(json.length + 1);
        piece.writeByte(JSONB_VERSION);
        piece.write(json);
        return this;
    }

    private void column() throws IOException {
        if (written++ % columns == 0) {
            piece.writeShort(columns);
        }
    }

    private void content(byte[] content) throws IOException {
        piece.writeInt(content.length);
        piece.write(content);
    }

    void end() throws SQLException {
        if (bytes.size() >= PIECE) {
            send();
        }
    }

    private void begin() throws IOException {
        piece.write(SIGNATURE);
        piece.writeInt(0); // no flags
        piece.writeInt(0); // no extension
    }

    private void finish() throws SQLException, IOException {
        piece.writeShort(-1);
        send();
    }

    private void send() throws SQLException {
        var content = bytes.toByteArray();
        bytes.reset();
        target.writeToCopy(content, 0, content.length);
    }
}
