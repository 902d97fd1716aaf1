package dev.kontor.accounts.credentials;

import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;

import dev.kontor.accounts.AccountId;
import dev.kontor.privacy.Cipher;
import dev.kontor.privacy.KeySetRotated;

/** Encrypts the credentials anew after a rotation, row by row, while Kontor runs. What is renewed meanwhile is left alone. */
@Component
class CredentialReencryption {

    private static final Logger log = LoggerFactory.getLogger(CredentialReencryption.class);
    private static final int BATCH = 100;

    private record Row(AccountId account, byte[] encrypted, long version) {}

    private final JdbcClient jdbc;
    private final Cipher cipher;
    private final CredentialSeal seal;

    CredentialReencryption(JdbcClient jdbc, Cipher cipher, CredentialSeal seal) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.seal = seal;
    }

    @ApplicationModuleListener(propagation = Propagation.NOT_SUPPORTED)
    void on(KeySetRotated event) {
        var changed = 0;
        var rows = after(new UUID(0, 0));
        while (!rows.isEmpty()) {
            changed += rows.stream()
                    .filter(row -> cipher.isOutdated(row.encrypted()))
                    .mapToInt(this::encryptAgain)
                    .sum();
            rows = after(rows.getLast().account().value());
        }
        log.info("Encrypted the credentials of {} accounts with the new key", changed);
    }

    private int encryptAgain(Row row) {
        var credentials = seal.open(row.account(), row.encrypted());
        return jdbc.sql("""
                        update accounts.credentials set encrypted = :encrypted
                        where account_id = :account and version = :version""")
                .param("encrypted", seal.seal(row.account(), credentials))
                .param("account", row.account().value())
                .param("version", row.version())
                .update();
    }

    private List<Row> after(UUID account) {
        return jdbc.sql("""
                        select account_id, encrypted, version from accounts.credentials
                        where account_id > :account order by account_id limit :limit""")
                .param("account", account)
                .param("limit", BATCH)
                .query((row, number) -> new Row(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getBytes("encrypted"),
                        row.getLong("version")))
                .list();
    }
}
