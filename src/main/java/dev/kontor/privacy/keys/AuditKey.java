package dev.kontor.privacy.keys;

import java.nio.file.Path;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

import dev.kontor.audit.ChainKey;

/** Signs the audit log with a key that is derived from the one of the blind indexes, which is never replaced. */
@SecondaryAdapter
@Component
public class AuditKey implements ChainKey {

    private final KeyFile<IndexKey> file;

    AuditKey(KeyFile<IndexKey> file) {
        this.file = file;
    }

    /**
     * Of a directory of keys, for who looks at a database without starting Kontor.
     *
     * @throws UnusableKeys where it holds none, or those of another database
     */
    public static AuditKey in(Path keys, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new AuditKey(new KeyChecks(jdbc, transactions).reopen(new KeyDirectory(keys), new IndexKeyFormat()));
    }

    @Override
    public byte[] sign(byte[] content) {
        return file.keys().hash("audit log").doFinal(content);
    }
}
