package dev.kontor.privacy.keys;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * {@code buyers.tree}: magic, generation, number of trees; each with its number, id, time, number of subtrees, and each
 * of those (first leaf, depth, secret); SHA-256. Version 1 had one tree: magic, id, generation, and its subtrees.
 */
final class BuyerKeysFormat implements KeyFormat<BuyerKeys> {

    private static final long MAGIC = 0x4b_4f_4e_54_4f_52_54_02L; // "KONTORT", version 2
    private static final long MAGIC_OF_ONE_TREE = 0x4b_4f_4e_54_4f_52_54_01L;
    private static final int HEADER = 8 + 8 + 4;
    private static final int TREE = 4 + 16 + 8 + 4;
    private static final int ENTRY = 8 + 1 + Subtree.SECRET;
    private static final long UNKNOWN = Long.MIN_VALUE;

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
        var keys = new KeyTree(List.of(Subtree.random(0, 0)));
        return new BuyerKeys(0, List.of(new BuyerTree(BuyerTree.FIRST, UUID.randomUUID(), null, keys)));
    }

    @Override
    public byte[] write(BuyerKeys keys) {
        var length = keys.trees().stream()
                .mapToInt(tree -> TREE + ENTRY * tree.keys().size())
                .sum();
        var buffer = ByteBuffer.allocate(HEADER + length)
                .putLong(MAGIC)
                .putLong(keys.generation())
                .putInt(keys.trees().size());
        keys.trees().forEach(tree -> write(tree, buffer));
        return Checksum.append(buffer.array());
    }

    private static void write(BuyerTree tree, ByteBuffer buffer) {
        var createdAt = tree.createdAt();
        buffer.putInt(tree.number())
                .put(bytes(tree.id()))
                .putLong(createdAt == null ? UNKNOWN : createdAt.toEpochMilli())
                .putInt(tree.keys().size());
        tree.keys()
                .subtrees()
                .forEach(subtree -> buffer.putLong(subtree.first())
                        .put((byte) subtree.depth())
                        .put(subtree.secret()));
    }

    @Override
    public BuyerKeys read(byte[] content) throws IOException {
        var buffer = ByteBuffer.wrap(Checksum.verify(content));
        try {
            var magic = buffer.getLong();
            if (magic != MAGIC && magic != MAGIC_OF_ONE_TREE) {
                throw new IOException("the file is not a tree of buyers' keys");
            }
            var keys = magic == MAGIC ? trees(buffer) : oneTree(buffer);
            if (buffer.hasRemaining()) {
                throw new IOException("the file is damaged: its length is wrong");
            }
            return keys;
        } catch (BufferUnderflowException e) {
            throw new IOException("the file is damaged: its length is wrong", e);
        }
    }

    private static BuyerKeys trees(ByteBuffer buffer) throws IOException {
        var generation = buffer.getLong();
        var trees = new ArrayList<BuyerTree>();
        for (int left = buffer.getInt(); left > 0; left--) {
            var number = buffer.getInt();
            var id = id(buffer);
            var createdAt = buffer.getLong();
            trees.add(new BuyerTree(
                    number, id, createdAt == UNKNOWN ? null : Instant.ofEpochMilli(createdAt), subtrees(buffer)));
        }
        if (trees.isEmpty()
                || trees.stream()
                        .anyMatch(it -> !it.keys().hasLeavesOf(trees.getFirst().keys()))) {
            throw new IOException("the file is damaged: its trees do not belong together");
        }
        return new BuyerKeys(generation, List.copyOf(trees));
    }

    private static BuyerKeys oneTree(ByteBuffer buffer) {
        var id = id(buffer);
        var generation = buffer.getLong();
        return new BuyerKeys(generation, List.of(new BuyerTree(BuyerTree.FIRST, id, null, subtrees(buffer))));
    }

    private static KeyTree subtrees(ByteBuffer buffer) {
        var subtrees = new ArrayList<Subtree>();
        for (int left = buffer.getInt(); left > 0; left--) {
            var first = buffer.getLong();
            var depth = buffer.get();
            var secret = new byte[Subtree.SECRET];
            buffer.get(secret);
            subtrees.add(new Subtree(first, depth, secret));
        }
        return new KeyTree(subtrees);
    }

    private static UUID id(ByteBuffer buffer) {
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Of the tree that encrypts. */
    @Override
    public byte[] fingerprint(BuyerKeys keys) {
        return bytes(keys.newest().id());
    }

    @Override
    public boolean matches(BuyerKeys keys, byte[] fingerprint) {
        return keys.trees().stream().anyMatch(it -> Arrays.equals(bytes(it.id()), fingerprint));
    }

    /** A copy from before a replacement has no key for what was encrypted since. */
    @Override
    public boolean follows(BuyerKeys before, BuyerKeys now) {
        return now.newest().number() >= before.newest().number();
    }
}
