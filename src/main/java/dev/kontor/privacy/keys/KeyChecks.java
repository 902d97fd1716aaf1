package dev.kontor.privacy.keys;

import java.util.Arrays;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes sure that a database and the key files belong together, before anything is read or written with them. */
@Component
public class KeyChecks {

    private static final long LOCK = 0x6b6f6e746f720001L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    KeyChecks(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Keys are made only for a database that never had any; one that had some does not get along with others. */
    <T> KeyFile<T> open(KeyDirectory directory, KeyFormat<T> format) {
        return transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(?)")
                    .param(LOCK)
                    .query((row, index) -> true)
                    .single();
            var known = fingerprint(format.name());
            if (known.isEmpty()) {
                var file = KeyFile.openOrCreate(directory, format);
                record(format.name(), format.fingerprint(file.latest()));
                return file;
            }
            return belonging(directory, format, known.get());
        });
    }

    /** The same where none are to be made. */
    <T> KeyFile<T> reopen(KeyDirectory directory, KeyFormat<T> format) {
        return belonging(
                directory,
                format,
                fingerprint(format.name())
                        .orElseThrow(() -> new UnusableKeys("This database was never used by a Kontor with keys.")));
    }

    private <T> KeyFile<T> belonging(KeyDirectory directory, KeyFormat<T> format, byte[] known) {
        var file = KeyFile.open(directory, format);
        if (!format.matches(file.latest(), known) || format.isOlderThan(file.latest(), generation(format.name()))) {
            throw new UnusableKeys("KONTOR_KEYS: " + directory.resolve(format.fileName())
                    + " holds other keys than those this database was written with, or an older copy of them;"
                    + " put its own newest key files back.");
        }
        return file;
    }

    /** The newest state of the file that the database has heard of. */
    public long generation(String name) {
        return jdbc.sql("select generation from privacy.key_checks where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    /** Whether that was news. */
    public boolean advance(String name, long generation) {
        return jdbc.sql("update privacy.key_checks set generation = ? where name = ? and generation <> ?")
                        .params(generation, name, generation)
                        .update()
                > 0;
    }

    /**
     * From now on the database belongs to the newest keys in the file, so that no start is possible without them.
     *
     * @return false where the file lacks those that the database was written with
     */
    public <T> boolean follow(KeyFile<T> file) {
        var format = file.format();
        var known = fingerprint(format.name()).orElseThrow(); // before the file, which is always written first
        var keys = file.latest();
        if (!format.matches(keys, known)) {
            return false;
        }
        var newest = format.fingerprint(keys);
        if (!Arrays.equals(known, newest)) {
            jdbc.sql("update privacy.key_checks set fingerprint = ? where name = ? and fingerprint = ?")
                    .params(newest, format.name(), known)
                    .update();
        }
        return true;
    }

    /** Whether the database belongs to the newest keys in the file already. */
    public <T> boolean hasFollowed(KeyFile<T> file) {
        var newest = file.format().fingerprint(file.latest());
        return fingerprint(file.format().name())
                .filter(known -> Arrays.equals(known, newest))
                .isPresent();
    }

    private Optional<byte[]> fingerprint(String name) {
        return jdbc.sql("select fingerprint from privacy.key_checks where name = ?")
                .param(name)
                .query(byte[].class)
                .optional();
    }

    private void record(String name, byte[] fingerprint) {
        jdbc.sql("insert into privacy.key_checks (name, fingerprint) values (?, ?)")
                .params(name, fingerprint)
                .update();
    }
}
