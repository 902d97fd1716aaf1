package dev.kontor.privacy.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** {@code buyers.tree}: magic, id, generation, number of subtrees, each (first leaf, depth, secret), SHA-256. */
final class BuyerKeysFormat implements KeyFormat<BuyerKeys> {

    private static final long MAGIC = 0x4b_4f_4e_54_4f_52_54_01L; // "KONTORT", version 1
    private static final int HEADER = 8 + 16 + 8 + 4;
    private static final int ENTRY = 8 + 1 + Subtree.SECRET;

    @Override
    public String name() {
        return BuyerKeys.NAME;
    }

    @Override
    public String fileName() {
        return "buyers.tree";
    }

    @Override
    public BuyerKeys create() {
        var secret = new byte[Subtree.SECRET];
        new SecureRandom().nextBytes(secret);
        return new BuyerKeys(UUID.randomUUID(), 0, new KeyTree(List.of(new Subtree(0, 0, secret))));
    }

    @Override
    public byte[] write(BuyerKeys keys) {
        var subtrees = keys.tree().subtrees();
        var buffer = ByteBuffer.allocate(HEADER + ENTRY * subtrees.size())
                .putLong(MAGIC)
                .put(fingerprint(keys))
                .putLong(keys.generation())
                .putInt(subtrees.size());
        subtrees.forEach(subtree ->
                buffer.putLong(subtree.first()).put((byte) subtree.depth()).put(subtree.secret()));
        return Checksum.append(buffer.array());
    }

    @Override
    public BuyerKeys read(byte[] content) throws IOException {
        var buffer = ByteBuffer.wrap(Checksum.verify(content));
        if (buffer.remaining() < HEADER || buffer.getLong() != MAGIC) {
            throw new IOException("the file is not a tree of buyers' keys");
        }
        var id = new UUID(buffer.getLong(), buffer.getLong());
        var generation = buffer.getLong();
        var count = buffer.getInt();
        if (buffer.remaining() != (long) count * ENTRY) {
            throw new IOException("the file is damaged: its length is wrong");
        }
        var subtrees = new ArrayList<Subtree>(count);
        for (int index = 0; index < count; index++) {
            var first = buffer.getLong();
            var depth = buffer.get();
            var secret = new byte[Subtree.SECRET];
            buffer.get(secret);
            subtrees.add(new Subtree(first, depth, secret));
        }
        return new BuyerKeys(id, generation, new KeyTree(subtrees));
    }

    @Override
    public byte[] fingerprint(BuyerKeys keys) {
        return ByteBuffer.allocate(16)
                .putLong(keys.id().getMostSignificantBits())
                .putLong(keys.id().getLeastSignificantBits())
                .array();
    }

    @Override
    public boolean matches(BuyerKeys keys, byte[] fingerprint) {
        return Arrays.equals(fingerprint(keys), fingerprint);
    }
}
