package dev.kontor.privacy.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code credentials.json}: Tink's own JSON of the key set, and when each key was made, which Tink does not keep. */
final class CredentialKeysFormat implements KeyFormat<CredentialKeys> {

    private static final JsonMapper json = JsonMapper.builder().build();
    private static final byte[] CHECKED = "kontor".getBytes(StandardCharsets.UTF_8);
    static final String CHECK_CONTEXT = "key check";
    private static final byte[] CONTEXT = CHECK_CONTEXT.getBytes(StandardCharsets.UTF_8);

    private final Clock clock;

    CredentialKeysFormat(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return CredentialKeys.NAME;
    }

    @Override
    public String fileName() {
        return "credentials.json";
    }

    @Override
    public CredentialKeys create() {
        try {
            return CredentialKeys.create(clock.instant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] write(CredentialKeys keys) {
        try {
            var file = json.createObjectNode();
            var created = file.putObject("created");
            keys.created().forEach((id, at) -> created.put(Integer.toUnsignedString(id), at.toString()));
            file.set(
                    "keySet",
                    json.readTree(
                            TinkJsonProtoKeysetFormat.serializeKeyset(keys.handle(), InsecureSecretKeyAccess.get())));
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key set cannot be written", e);
        }
    }

    @Override
    public CredentialKeys read(byte[] content) throws IOException {
        try {
            var file = json.readTree(content);
            var handle = TinkJsonProtoKeysetFormat.parseKeyset(
                    file.path("keySet").toString(), InsecureSecretKeyAccess.get());
            var created = new HashMap<Integer, Instant>();
            file.path("created")
                    .properties()
                    .forEach(key -> created.put(
                            Integer.parseUnsignedInt(key.getKey()),
                            Instant.parse(key.getValue().asString())));
            return new CredentialKeys(handle, created);
        } catch (GeneralSecurityException | JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("the file is damaged"); // a cause could quote the keys
        }
    }

    /** A ciphertext that only this key set opens; it is sealed again with everything else when keys are rotated. */
    @Override
    public byte[] fingerprint(CredentialKeys keys) {
        try {
            return keys.aead().encrypt(CHECKED, CONTEXT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean matches(CredentialKeys keys, byte[] fingerprint) {
        try {
            return keys.aead().decrypt(fingerprint, CONTEXT).length == CHECKED.length;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A copy from before a rotation cannot open what was encrypted since. */
    @Override
    public boolean isOlderThan(CredentialKeys keys, long generation) {
        return generation != 0 && !keys.has((int) generation);
    }
}
