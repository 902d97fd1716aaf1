package dev.kontor.privacy.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;

/** A Tink key set for credentials: the primary key encrypts, every key decrypts. */
final class CredentialKeys {

    /** Under which the database knows the file. */
    static final String NAME = "credentials";

    private static final byte TINK_PREFIX = 1; // and four bytes of key id stand before every ciphertext

    static {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final KeysetHandle handle;
    private final Map<Integer, Instant> created;
    private final Aead aead;

    CredentialKeys(KeysetHandle handle, Map<Integer, Instant> created) throws GeneralSecurityException {
        this.handle = handle;
        this.created = Map.copyOf(created);
        this.aead = handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    static CredentialKeys create(Instant at) throws GeneralSecurityException {
        var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        return new CredentialKeys(handle, Map.of(handle.getPrimary().getId(), at));
    }

    CredentialKeys rotated(Instant at) throws GeneralSecurityException {
        var fresh = KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId()
                .makePrimary();
        var rotated = KeysetHandle.newBuilder(handle).addEntry(fresh).build();
        var times = new HashMap<>(created);
        times.put(rotated.getPrimary().getId(), at);
        return new CredentialKeys(rotated, times);
    }

    CredentialKeys without(int id) {
        try {
            var times = new HashMap<>(created);
            times.remove(id);
            var builder = KeysetHandle.newBuilder();
            for (int index = 0; index < handle.size(); index++) {
                var entry = handle.getAt(index);
                if (entry.getId() != id) {
                    var kept = KeysetHandle.importKey(entry.getKey()).withFixedId(entry.getId());
                    builder.addEntry(entry.isPrimary() ? kept.makePrimary() : kept);
                }
            }
            return new CredentialKeys(builder.build(), times);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be removed", e);
        }
    }

    KeysetHandle handle() {
        return handle;
    }

    Map<Integer, Instant> created() {
        return created;
    }

    Aead aead() {
        return aead;
    }

    int primary() {
        return handle.getPrimary().getId();
    }

    Stream<Integer> ids() {
        return IntStream.range(0, handle.size())
                .mapToObj(index -> handle.getAt(index).getId());
    }

    boolean has(int id) {
        return ids().anyMatch(it -> it == id);
    }

    /** Zero, which Tink never gives, for what is no ciphertext of a key set. */
    static int keyOf(byte[] encrypted) {
        return encrypted.length < 5 || encrypted[0] != TINK_PREFIX
                ? 0
                : ByteBuffer.wrap(encrypted).getInt(1);
    }

    @Override
    public String toString() {
        return "CredentialKeys" + ids().map(Integer::toUnsignedString).toList();
    }
}
