package dev.kontor.privacy.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.kontor.privacy.Cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeySetCipherTests {

    private static final byte[] SECRET = "a token".getBytes(UTF_8);

    @TempDir
    Path keys;

    private KeyFile<CredentialKeys> file;
    private Cipher cipher;

    @BeforeEach
    void startWithANewKeySet() {
        file = open(keys);
        cipher = new KeySetCipher(file);
    }

    @Test
    void decryptsWhatItEncryptedAndNothingThatWasMovedOrChanged() {
        var encrypted = cipher.encrypt(SECRET, "account 1");
        assertThat(new String(encrypted, UTF_8)).doesNotContain("token");
        assertThat(cipher.decrypt(encrypted, "account 1")).isEqualTo(SECRET);
        assertThatThrownBy(() -> cipher.decrypt(encrypted, "account 2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account 2");
        encrypted[encrypted.length - 1] ^= 1;
        assertThatThrownBy(() -> cipher.decrypt(encrypted, "account 1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.decrypt(new byte[3], "account 1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opensWithOldKeysAfterARotationAndSaysThatTheyAreOld() {
        var old = cipher.encrypt(SECRET, "account 1");
        assertThat(cipher.isOutdated(old)).isFalse();
        rotate(file);
        assertThat(cipher.isOutdated(old)).isTrue();
        assertThat(cipher.decrypt(old, "account 1")).isEqualTo(SECRET);
        assertThat(cipher.isOutdated(cipher.encrypt(SECRET, "account 1"))).isFalse();
    }

    @Test
    void anotherInstanceOpensWhatTheNewKeyEncryptedAtOnce() {
        var other = new KeySetCipher(open(keys));
        rotate(file);
        var fresh = cipher.encrypt(SECRET, "account 1");
        assertThat(other.decrypt(fresh, "account 1")).isEqualTo(SECRET);
        assertThat(other.isOutdated(fresh)).isFalse();
    }

    @Test
    void keepsWhenEachKeyWasMadeAndTheFileInTinksOwnFormat() throws Exception {
        rotate(file);
        assertThat(file.latest().ids()).hasSize(2);
        assertThat(file.latest().created()).hasSize(2).containsValue(Instant.EPOCH);
        assertThat(Files.readString(keys.resolve("credentials.json"))).contains("AesGcmKey", "primaryKeyId");
        assertThat(file.latest().toString()).doesNotContain("AesGcmKey");
    }

    private static void rotate(KeyFile<CredentialKeys> file) {
        file.replace(keys -> {
            try {
                return keys.rotated(Instant.EPOCH);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static KeyFile<CredentialKeys> open(Path keys) {
        return KeyFile.openOrCreate(
                new KeyDirectory(keys), new CredentialKeysFormat(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
    }
}
