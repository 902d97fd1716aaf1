package dev.kontor.privacy.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import com.google.crypto.tink.subtle.AesGcmJce;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Personal values as JSON, deflated where that makes them shorter, under AES-256-GCM. Document and version are
 * authenticated along: a ciphertext that was moved to another row does not open.
 */
final class Seal implements AutoCloseable {

    private static final JsonMapper json = JsonMapper.builder().build();
    private static final TypeReference<Map<String, JsonNode>> VALUES = new TypeReference<>() {};
    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;

    private final Deflater deflater =
            new Deflater(Deflater.BEST_SPEED, true); // costs more than what one document takes

    @Override
    public void close() {
        deflater.end();
    }

    byte[] seal(byte[] key, UUID document, int version, Map<String, JsonNode> values) {
        try {
            return new AesGcmJce(key).encrypt(packed(json.writeValueAsBytes(values)), place(document, version));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not encrypt document " + document, e);
        }
    }

    /**
     * The same under another key, without looking into it.
     *
     * @throws GeneralSecurityException when the former key or the place is not the one it was sealed with
     */
    static byte[] again(byte[] former, byte[] key, UUID document, int version, byte[] sealed)
            throws GeneralSecurityException {
        var place = place(document, version);
        return new AesGcmJce(key).encrypt(new AesGcmJce(former).decrypt(sealed, place), place);
    }

    /** @throws GeneralSecurityException when the key or the place is not the one it was sealed with */
    static Map<String, JsonNode> open(byte[] key, UUID document, int version, byte[] sealed)
            throws GeneralSecurityException {
        return json.readValue(unpacked(new AesGcmJce(key).decrypt(sealed, place(document, version))), VALUES);
    }

    private static byte[] place(UUID document, int version) {
        return ByteBuffer.allocate(20)
                .putLong(document.getMostSignificantBits())
                .putLong(document.getLeastSignificantBits())
                .putInt(version)
                .array();
    }

    private byte[] packed(byte[] content) {
        var buffer = new byte[content.length + 1];
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        var length = deflater.deflate(buffer, 1, content.length);
        if (deflater.finished()) {
            buffer[0] = DEFLATED;
            return Arrays.copyOf(buffer, length + 1);
        }
        buffer[0] = PLAIN;
        System.arraycopy(content, 0, buffer, 1, content.length);
        return buffer;
    }

    private static byte[] unpacked(byte[] packed) {
        if (packed[0] == PLAIN) {
            return Arrays.copyOfRange(packed, 1, packed.length);
        }
        var content = new ByteArrayOutputStream(packed.length * 3);
        var buffer = new byte[4096];
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed, 1, packed.length - 1);
            while (!inflater.finished()) {
                content.write(buffer, 0, inflater.inflate(buffer));
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("an authentic document is not what was deflated", e);
        } finally {
            inflater.end();
        }
        return content.toByteArray();
    }
}
