package dev.kontor.privacy.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyTreeTests {

    private final BuyerKeysFormat format = new BuyerKeysFormat();

    static List<Long> seeds() {
        return List.of(1L, 2L, 3L, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLeafHasAKeyOfItsOwnThatIsAlwaysTheSame(long seed) {
        var random = new Random(seed);
        var tree = format.create().tree();
        var leaves = leaves(random, 500);
        var keys = tree.keys(leaves);
        var distinct = new HashSet<String>();
        keys.values().forEach(key -> distinct.add(java.util.HexFormat.of().formatHex(key)));
        assertThat(distinct).as("seed %d", seed).hasSameSizeAs(new HashSet<>(leaves));
        for (var leaf : leaves) {
            assertThat(tree.keys(List.of(leaf)).get(leaf)).as("seed %d", seed).isEqualTo(keys.get(leaf));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPuncturedLeafIsGoneAndEveryOtherUnchanged(long seed) throws Exception {
        var random = new Random(seed);
        var keys = format.create();
        var leaves = leaves(random, 300);
        var before = keys.tree().keys(leaves);
        var punctured = new HashSet<Long>();
        for (var leaf : leaves.subList(0, 100)) {
            keys = format.read(format.write(keys.without(List.of(LeafRange.of(leaf)))));
            punctured.add(leaf);
        }
        for (var leaf : leaves) {
            var after = keys.tree().keys(List.of(leaf)).get(leaf);
            assertThat(keys.tree().covers(leaf))
                    .as("seed %d leaf %x", seed, leaf)
                    .isNotEqualTo(punctured.contains(leaf));
            if (punctured.contains(leaf)) {
                assertThat(after).as("seed %d leaf %x", seed, leaf).isNull();
            } else {
                assertThat(after).as("seed %d leaf %x", seed, leaf).isEqualTo(before.get(leaf));
            }
        }
        assertThat(keys.tree().keys(leaves).keySet()).as("seed %d", seed).doesNotContainAnyElementsOf(punctured);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noSecretThatIsLeftLiesAboveAPuncturedLeaf(long seed) {
        var random = new Random(seed);
        var keys = format.create();
        var leaves = leaves(random, 200);
        for (var leaf : leaves) {
            keys = keys.without(List.of(LeafRange.of(leaf)));
        }
        for (var subtree : keys.tree().subtrees()) {
            for (var leaf : leaves) {
                assertThat(subtree.contains(leaf))
                        .as("seed %d %s over %x", seed, subtree, leaf)
                        .isFalse();
            }
        }
        assertDisjoint(keys.tree().subtrees());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRangeIsPuncturedAsIfItsLeavesWereOneByOne(long seed) {
        var random = new Random(seed);
        var start = random.nextLong();
        var length = 1 + random.nextInt(700);
        var range = new LeafRange(Math.min(start, start + length), Math.max(start, start + length));
        var whole = format.create();
        var oneByOne = whole;
        for (long leaf = range.first(); leaf != range.last() + 1; leaf++) {
            oneByOne = oneByOne.without(List.of(LeafRange.of(leaf)));
        }
        assertThat(whole.without(List.of(range)).tree()).as("seed %d", seed).isEqualTo(oneByOne.tree());
        assertThat(oneByOne.tree().subtrees()).as("seed %d", seed).hasSizeLessThanOrEqualTo(2 * 64);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void puncturingAgainChangesNothingNotEvenTheGeneration(long seed) {
        var random = new Random(seed);
        var range = List.of(LeafRange.of(random.nextLong()));
        var once = format.create().without(range);
        assertThat(once.generation()).isEqualTo(1);
        assertThat(once.without(range)).as("seed %d", seed).isSameAs(once);
        assertThat(format.write(once).length).isLessThan(3000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingCanBePunctured(long seed) {
        var random = new Random(seed);
        var middle = random.nextLong() >>> 1;
        var keys = format.create().without(List.of(new LeafRange(0, middle), new LeafRange(middle + 1, -1L)));
        assertThat(keys.tree().subtrees()).as("seed %d", seed).isEmpty();
        assertThat(keys.tree().keys(List.of(0L, middle, -1L)))
                .as("seed %d", seed)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSuccessorHasOtherKeysForTheSameLeavesAndLosesEachThatItsPredecessorLoses(long seed) throws Exception {
        var random = new Random(seed);
        var keys = format.create();
        var leaves = leaves(random, 300);
        for (var leaf : leaves.subList(0, 60)) {
            keys = keys.without(List.of(LeafRange.of(leaf)));
        }
        var before = keys;
        keys = format.read(format.write(keys.succeeded(Instant.ofEpochSecond(1_800_000_000))));
        assertThat(keys.trees()).hasSize(2);
        assertThat(keys.generation()).isEqualTo(before.generation());
        assertThat(keys.trees().getFirst()).isEqualTo(before.newest());
        assertThat(keys.newest().createdAt()).isEqualTo(Instant.ofEpochSecond(1_800_000_000));
        assertThat(format.matches(keys, format.fingerprint(before))).isTrue();
        assertThat(format.matches(before, format.fingerprint(keys))).isFalse();
        assertThat(secrets(keys.tree())).as("seed %d", seed).doesNotContainAnyElementsOf(secrets(before.tree()));
        for (var leaf : leaves.subList(60, 120)) {
            keys = keys.without(List.of(LeafRange.of(leaf)));
        }
        for (var leaf : leaves) {
            var dead = leaves.subList(0, 120).contains(leaf);
            assertThat(keys.covers(leaf)).as("seed %d leaf %x", seed, leaf).isNotEqualTo(dead);
            assertThat(keys.tree().covers(leaf))
                    .as("seed %d leaf %x", seed, leaf)
                    .isNotEqualTo(dead);
        }
        var end = format.read(format.write(keys.withoutTree(1)));
        assertThat(end.trees()).containsExactly(keys.newest());
        assertThat(format.matches(end, format.fingerprint(before))).isFalse();
    }

    private static Set<String> secrets(KeyTree tree) {
        return tree.subtrees().stream()
                .map(it -> java.util.HexFormat.of().formatHex(it.secret()))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsAFileFromWhenThereWasOneTree(long seed) throws Exception {
        var keys = format.create().without(List.of(LeafRange.of(new Random(seed).nextLong())));
        var buffer = ByteBuffer.allocate(36 + 41 * keys.tree().size())
                .putLong(0x4b_4f_4e_54_4f_52_54_01L)
                .put(format.fingerprint(keys))
                .putLong(keys.generation())
                .putInt(keys.tree().size());
        keys.tree()
                .subtrees()
                .forEach(it -> buffer.putLong(it.first()).put((byte) it.depth()).put(it.secret()));

        assertThat(format.read(Checksum.append(buffer.array())))
                .as("seed %d", seed)
                .isEqualTo(keys);
    }

    @Test
    void refusesTreesThatDoNotBelongTogether() {
        var one = format.create();
        var other = format.create().without(List.of(LeafRange.of(7)));
        var mixed = new BuyerKeys(1, List.of(one.newest(), other.newest()));
        assertThatThrownBy(() -> format.read(format.write(mixed)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not belong together");
    }

    private static void assertDisjoint(Collection<Subtree> subtrees) {
        Subtree before = null;
        for (var subtree : subtrees) {
            if (before != null) {
                assertThat(Long.compareUnsigned(before.last(), subtree.first())).isNegative();
            }
            before = subtree;
        }
    }

    /** Far apart, side by side, and at both ends. */
    private static List<Long> leaves(Random random, int count) {
        var leaves = new ArrayList<>(Set.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
        while (leaves.size() < count) {
            var leaf = random.nextLong();
            leaves.add(leaf);
            leaves.add(leaf ^ 1);
            leaves.add(leaf + random.nextInt(100));
        }
        java.util.Collections.shuffle(leaves, random);
        return leaves;
    }
}
