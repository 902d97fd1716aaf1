package dev.kontor.privacy.vault;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;

import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.BuyerTree;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.Deposits.Sealed;

/** Finds the key of each deposit in the tree that it lies under, and opens it. */
@Component
class DepositKeys {

    private static final Logger log = LoggerFactory.getLogger(DepositKeys.class);

    private final KeyFile<BuyerKeys> file;

    DepositKeys(KeyFile<BuyerKeys> file) {
        this.file = file;
    }

    /** A deposit with its key; where that is missing, its buyer was erased, or the whole tree is not there. */
    @SuppressWarnings("ArrayRecordComponent")
    record Keyed(Sealed sealed, byte @Nullable [] key) {}

    record Opened(Sealed sealed, Map<String, JsonNode> values) {}

    /**
     * To be taken before deposits are read: a tree that is removed in between had nothing left under it, and what was
     * read a moment earlier can still be opened.
     */
    BuyerKeys known() {
        return file.keys();
    }

    List<Keyed> find(BuyerKeys known, List<Sealed> deposits) {
        var keyed = new ArrayList<Keyed>(deposits.size());
        var keys = new HashMap<Integer, Map<Long, byte[]>>();
        deposits.stream()
                .collect(Collectors.groupingBy(Sealed::tree, Collectors.mapping(Sealed::leaf, Collectors.toList())))
                .forEach((tree, leaves) -> tree(known, tree)
                        .ifPresentOrElse(
                                it -> keys.put(tree, it.keys().keys(leaves)),
                                () -> log.error(
                                        "Personal data in {} deposits cannot be read: tree {} of buyers' keys is missing",
                                        leaves.size(),
                                        tree)));
        for (var it : deposits) {
            keyed.add(new Keyed(it, keys.getOrDefault(it.tree(), Map.of()).get(it.leaf())));
        }
        return keyed;
    }

    /** What cannot be opened is missing in the answer: one damaged row must not hide a whole list. */
    List<Opened> open(BuyerKeys known, List<Sealed> deposits) {
        var opened = new ArrayList<Opened>(deposits.size());
        for (var it : find(known, deposits)) {
            var key = it.key();
            if (key != null) {
                try {
                    opened.add(new Opened(it.sealed(), open(key, it.sealed())));
                } catch (GeneralSecurityException e) {
                    tellDamaged(it.sealed());
                }
            }
        }
        return opened;
    }

    static void tellDamaged(Sealed sealed) {
        log.error(
                "Version {} of document {} is damaged: the personal data in it cannot be read",
                sealed.version(),
                sealed.document());
    }

    private static Map<String, JsonNode> open(byte[] key, Sealed sealed) throws GeneralSecurityException {
        return Seal.open(key, sealed.document(), sealed.version(), sealed.ciphertext());
    }

    /** Another instance may have begun to replace the tree a moment ago. */
    private Optional<BuyerTree> tree(BuyerKeys known, int number) {
        return known.numbered(number).or(() -> file.latest().numbered(number));
    }
}
