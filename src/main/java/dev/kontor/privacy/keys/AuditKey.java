package dev.kontor.privacy.keys;

import java.nio.file.Path;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

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
     * @throws UnusableKeys where it holds none
     */
    public static AuditKey in(Path keys) {
        return new AuditKey(KeyFile.open(new KeyDirectory(keys), new IndexKeyFormat()));
    }

    @Override
    public byte[] sign(byte[] content) {
        return file.keys().hash("audit log").doFinal(content);
    }
}
