package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault.Deposit;
import dev.kontor.privacy.Vault.Receipt;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.keys.KeyTree;
import dev.kontor.privacy.vault.Buyers.Claimed;
import dev.kontor.privacy.vault.Deposits.Row;
import dev.kontor.privacy.vault.Holders.Holder;
import dev.kontor.privacy.words.BlindWords;

/** Takes a batch in. One statement a table, however large the batch. */
@Component
class Intake {

    private final Shelves shelves;
    private final References references;
    private final Holders holders;
    private final Buyers buyers;
    private final Deposits deposits;
    private final KeyFile<BuyerKeys> file;
    private final BlindWords words;
    private final Clock clock;

    Intake(
            Shelves shelves,
            References references,
            Holders holders,
            Buyers buyers,
            Deposits deposits,
            KeyFile<BuyerKeys> file,
            BlindWords words,
            Clock clock) {
        this.shelves = shelves;
        this.references = references;
        this.holders = holders;
        this.buyers = buyers;
        this.deposits = deposits;
        this.file = file;
        this.words = words;
        this.clock = clock;
    }

    /** A deposit and whose it is. */
    private record Item(Deposit deposit, Holder holder) {}

    /** What becomes of a deposit: {@code key} is null for what may not be kept. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Decision(Item item, BuyerId buyer, byte @Nullable [] key, boolean erased) {}

    List<Receipt> take(List<Deposit> given) {
        var now = clock.instant();
        var onShelves = shelves.use(given.stream().map(Deposit::account).collect(Collectors.toSet()));
        var originals =
                given.stream().map(Deposit::copyOf).filter(Objects::nonNull).collect(Collectors.toSet());
        var known = originals.isEmpty() ? Map.<UUID, Holder>of() : deposits.holders(originals);
        var items = given.stream().map(it -> new Item(it, holder(it, known))).toList();
        var claimed = holders.of(wanted(items), onShelves, now);
        // after the buyers are held: whoever was erased until then has left his tombstones, and nobody is from then on
        var erased = deposits.erased(Stream.concat(given.stream().map(Deposit::document), originals.stream())
                .collect(Collectors.toSet()));
        var tree = file.keys().newest();
        var decisions = decide(items, claimed, erased, onShelves, tree.keys(), now);
        deposits.store(rows(decisions), tree.number());
        if (!erased.isEmpty()) {
            discardUnused(claimed, decisions);
        }
        return decisions.stream().map(this::receipt).toList();
    }

    private Holder holder(Deposit deposit, Map<UUID, Holder> known) {
        var original = deposit.copyOf() == null ? null : known.get(deposit.copyOf());
        return original == null ? new Holder(deposit.account(), references.of(deposit)) : original;
    }

    private static Map<Holder, Instant> wanted(List<Item> items) {
        var wanted = new HashMap<Holder, Instant>();
        items.forEach(item -> wanted.merge(
                item.holder(), item.deposit().relevantAt(), (one, other) -> one.isAfter(other) ? one : other));
        return wanted;
    }

    private List<Decision> decide(
            List<Item> items,
            Map<Holder, Claimed> claimed,
            Map<UUID, BuyerId> erased,
            Shelves.Used onShelves,
            KeyTree tree,
            Instant now) {
        var keys = tree.keys(claimed.values().stream().map(Claimed::leaf).toList());
        var decisions = new ArrayList<Decision>(items.size());
        for (var item : items) {
            var former = former(item.deposit(), erased);
            var holder = Objects.requireNonNull(claimed.get(item.holder()));
            if (former != null) {
                decisions.add(new Decision(item, former, null, true));
            } else if (onShelves.of(holder.account()).hasExpired(holder.relevantAt(), now)) {
                decisions.add(new Decision(item, holder.id(), null, false));
            } else {
                decisions.add(new Decision(item, holder.id(), keys.get(holder.leaf()), false));
            }
        }
        return decisions;
    }

    private static @Nullable BuyerId former(Deposit deposit, Map<UUID, BuyerId> erased) {
        var former = erased.get(deposit.document());
        return former != null || deposit.copyOf() == null ? former : erased.get(deposit.copyOf());
    }

    /** Where a version comes twice in a batch, its last one counts. */
    private static List<Row> rows(List<Decision> decisions) {
        record Place(UUID document, int version) {}
        var rows = new LinkedHashMap<Place, Decision>();
        decisions.stream()
                .filter(it -> !it.erased())
                .forEach(it -> rows.put(
                        new Place(
                                it.item().deposit().document(),
                                it.item().deposit().version()),
                        it));
        try (var seal = new Seal()) {
            return rows.values().stream().map(it -> row(it, seal)).toList();
        }
    }

    private static Row row(Decision decision, Seal seal) {
        var deposit = decision.item().deposit();
        var key = decision.key();
        var ciphertext = key == null ? null : seal.seal(key, deposit.document(), deposit.version(), deposit.values());
        return new Row(deposit.document(), deposit.version(), decision.buyer(), ciphertext);
    }

    private void discardUnused(Map<Holder, Claimed> claimed, List<Decision> decisions) {
        var used = decisions.stream().map(Decision::buyer).collect(Collectors.toSet());
        var unused = new HashSet<UUID>();
        claimed.values().stream()
                .map(Claimed::id)
                .filter(id -> !used.contains(id))
                .forEach(id -> unused.add(id.value()));
        buyers.discardWithoutDeposits(unused);
    }

    private Receipt receipt(Decision decision) {
        var deposit = decision.item().deposit();
        return new Receipt(
                deposit.document(),
                decision.buyer(),
                decision.key() != null,
                decision.key() == null ? Set.of() : words.of(deposit.searchable()));
    }
}
