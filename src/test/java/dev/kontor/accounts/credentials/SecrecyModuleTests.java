package dev.kontor.accounts.credentials;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.privacy.keys.SealedColumns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@AccountsModuleTest
class SecrecyModuleTests extends CredentialsFixture {

    @Test
    void storesNoSecretInTheClear() {
        var secrets = storedCredentials().secrets().values();
        var tables = jdbc.sql("""
                        select table_name from information_schema.tables
                        where table_schema = 'accounts' and table_type = 'BASE TABLE'""").query(String.class).list();
        for (var table : tables) {
            assertThat(secrets).allSatisfy(secret -> assertThat(rows(table)).doesNotContain(secret, hex(secret)));
        }
        assertThat(rows("credentials")).contains(account.toString());
    }

    @Test
    void refusesCiphertextOfAnotherAccount() {
        var row = store.find(account).orElseThrow();

        assertThatThrownBy(() -> store.open(new AccountId(UUID.randomUUID()), row))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void encryptsAnewAfterARotation() {
        var before = storedCredentials();
        cipher.rotate();

        assertThat(new SealedColumns(jdbc, cipher).sealAgain(new SealedCredentials().credentialsColumn()))
                .isPositive();

        assertThat(cipher.isOutdated(store.find(account).orElseThrow().encrypted()))
                .isFalse();
        assertThat(storedCredentials()).isEqualTo(before);
    }

    private String rows(String table) {
        return jdbc.sql("select coalesce(string_agg(t::text, ' '), '') from accounts." + table + " t")
                .query(String.class)
                .single();
    }

    private static String hex(String secret) {
        return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
    }
}
