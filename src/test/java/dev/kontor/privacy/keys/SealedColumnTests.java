package dev.kontor.privacy.keys;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.access.SealedColumn;

import static org.assertj.core.api.Assertions.assertThat;

/** A column of ciphertexts that nobody declared would be lost when the key is removed that it needs. */
@SpringBootTest
class SealedColumnTests {

    /** Bytes that no key set has sealed, and what they are instead. */
    private static final Map<String, String> NOT_SEALED = new TreeMap<>(Map.ofEntries(
            Map.entry("access.api_key_secrets.request_hash", "a hash"),
            Map.entry("access.api_key_secrets.secret_hash", "a hash"),
            Map.entry("access.password_links.hash", "a hash"),
            Map.entry("access.recovery_codes.hash", "a hash"),
            Map.entry("access.refresh_tokens.hash", "a hash"),
            Map.entry("accounts.accounts.request_hash", "a hash"),
            Map.entry("audit.entries.mac", "a keyed hash"),
            Map.entry("audit.links.hash", "a keyed hash"),
            Map.entry("notifications.mail_subscriptions.code", "a hash"),
            Map.entry("notifications.telegram_outbox.file", "an export on its way, gone once it is sent"),
            Map.entry("notifications.telegram_pairings.code", "a hash"),
            Map.entry("orders.certificates.hash", "a hash"),
            Map.entry("orders.orders.content_hash", "a hash"),
            Map.entry("orders.orders.personal_hash", "a keyed hash"),
            Map.entry("orders.quarantine.fingerprint", "a keyed hash"),
            Map.entry("privacy.deposits.ciphertext", "under the buyers' own keys"),
            Map.entry("public.scheduled_tasks.task_data", "of jobs")));

    @Autowired
    List<SealedColumn> declared;

    @Autowired
    SealedColumns sealed;

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyColumnOfBytesIsDeclaredOrHoldsNothingSealed() {
        var known = new TreeSet<>(NOT_SEALED.keySet());
        declared.forEach(column -> known.add(column.name()));

        assertThat(columns()).isEqualTo(known);
    }

    @Test
    void whatIsDeclaredExistsAndCanBeLookedThrough() {
        assertThat(declared).hasSizeGreaterThan(5).allSatisfy(column -> {
            sealed.uses(column);
            assertThat(sealed.sealAgain(column)).isZero();
        });
        assertThat(declared.stream()
                        .filter(column -> column.name().equals("access.signing_keys.sealed"))
                        .map(sealed::uses))
                .as("a running Kontor has a key that signs")
                .singleElement()
                .satisfies(uses -> assertThat(uses).hasSize(1));
    }

    private Set<String> columns() {
        return new TreeSet<>(jdbc.sql("""
                        select table_schema || '.' || table_name || '.' || column_name from information_schema.columns
                        join information_schema.tables using (table_schema, table_name)
                        where table_type = 'BASE TABLE' and data_type = 'bytea'
                          and table_schema not in ('pg_catalog', 'information_schema')""").query(String.class).list());
    }
}
