package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.privacy.BuyerTreeReplaced;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.BuyerTree;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;

/** The trees of buyers' keys as an administrator sees them, and the replacement of one that was stolen. */
@Service
public class BuyerTrees {

    /** After a replacement another instance may seal under the former tree for a second, and commit it some time later. */
    static final Duration UNTIL_UNUSED = Duration.ofMinutes(15);

    /**
     * @param newest whether it is the one that encrypts
     * @param missing whether it is not in the file, so that its deposits cannot be opened
     * @param createdAt null for one that came with the file, or is missing
     * @param deposits how many lie under it; of any but the newest it goes down to none after a replacement
     */
    public record TreeInfo(
            int number,
            boolean newest,
            boolean missing,
            @Nullable Instant createdAt,
            long deposits) {}

    private final KeyFile<BuyerKeys> file;
    private final KeyChecks checks;
    private final Deposits deposits;
    private final ApplicationEventPublisher events;
    private final AuditLog audit;
    private final Clock clock;

    BuyerTrees(
            KeyFile<BuyerKeys> file,
            KeyChecks checks,
            Deposits deposits,
            ApplicationEventPublisher events,
            AuditLog audit,
            Clock clock) {
        this.file = file;
        this.checks = checks;
        this.deposits = deposits;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Oldest first. */
    public List<TreeInfo> list() {
        var counts = deposits.byTree();
        var keys = file.latest();
        var numbers = new TreeSet<>(counts.keySet());
        keys.trees().forEach(it -> numbers.add(it.number()));
        return numbers.stream().map(it -> info(it, keys, counts)).toList();
    }

    private static TreeInfo info(int number, BuyerKeys keys, Map<Integer, Long> counts) {
        var tree = keys.numbered(number);
        return new TreeInfo(
                number,
                keys.newest().number() == number,
                tree.isEmpty(),
                tree.flatMap(it -> Optional.ofNullable(it.createdAt())).orElse(null),
                counts.getOrDefault(number, 0L));
    }

    /** From now on a new tree encrypts; the old one still decrypts. Refused while another replacement is not finished. */
    @Transactional
    public List<TreeInfo> replace() {
        if (!checks.follow(file)) {
            throw new Conflict(
                    "keys-missing",
                    "The file of buyers' keys is not the one that this database was written with; put that one back.");
        }
        file.replace(this::succeeded);
        checks.follow(file);
        audit.record(Act.of("key-set.rotated", "key-set", BuyerKeys.NAME)
                .label("primary", Integer.toString(file.latest().newest().number())));
        events.publishEvent(new BuyerTreeReplaced(clock.instant()));
        return list();
    }

    private BuyerKeys succeeded(BuyerKeys keys) {
        if (keys.trees().size() > 1) {
            throw new Conflict(
                    "replacement-running",
                    "Tree " + keys.trees().getFirst().number() + " is still being replaced; remove it first.");
        }
        return keys.succeeded(clock.instant());
    }

    /** Refused while anything lies under it. A copy of the database from before its replacement cannot be opened again. */
    @Transactional
    public void remove(int number) {
        audit.record(Act.of("key-set.key-removed", "key-set", BuyerKeys.NAME).label("key", Integer.toString(number)));
        file.replace(keys -> {
            var tree = keys.numbered(number).orElseThrow(() -> NotFound.of("tree", number));
            refuseWhereNeeded(keys, tree);
            return keys.withoutTree(number);
        });
    }

    private void refuseWhereNeeded(BuyerKeys keys, BuyerTree tree) {
        if (tree.equals(keys.newest()) || !checks.hasFollowed(file)) { // what Kontor starts with
            throw new Conflict("key-in-use", "It is the tree that encrypts; replace it first.");
        }
        var createdAt = keys.newest().createdAt();
        var unused = (createdAt == null ? Instant.EPOCH : createdAt).plus(UNTIL_UNUSED);
        if (clock.instant().isBefore(unused)) {
            throw new Conflict("key-in-use", "It was replaced only just; it can be removed from " + unused + " on.");
        }
        var left = deposits.byTree().getOrDefault(tree.number(), 0L);
        if (left > 0) {
            throw new Conflict("key-in-use", "It is still needed by " + left + " deposits.");
        }
    }
}
