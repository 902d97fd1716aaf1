package dev.kontor.privacy.vault;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.privacy.BuyerTreeReplaced;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.BuyerTree;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.Deposits.Resealed;
import dev.kontor.privacy.vault.Deposits.Sealed;

/**
 * What follows the replacement of a tree of buyers' keys: each deposit is encrypted again under the newest one. How far
 * that is, the deposits themselves say, so there is nothing that a crash could make wrong, and any number of instances may
 * do it at once.
 */
@Component
class TreeUpkeep {

    static final int BATCH = 500;

    private static final Logger log = LoggerFactory.getLogger(TreeUpkeep.class);
    private static final UUID FIRST = new UUID(0, 0);

    private final KeyFile<BuyerKeys> file;
    private final KeyChecks checks;
    private final Deposits deposits;
    private final DepositKeys keys;
    private final TransactionTemplate transaction;

    TreeUpkeep(
            KeyFile<BuyerKeys> file,
            KeyChecks checks,
            Deposits deposits,
            DepositKeys keys,
            PlatformTransactionManager transactions) {
        this.file = file;
        this.checks = checks;
        this.deposits = deposits;
        this.keys = keys;
        this.transaction = new TransactionTemplate(transactions);
    }

    @ApplicationModuleListener(propagation = Propagation.NOT_SUPPORTED)
    void on(BuyerTreeReplaced event) {
        run();
    }

    /** Also tells the database of a new tree, where Kontor was stopped before it could. */
    void run() {
        if (!checks.follow(file)) {
            log.error("The file of buyers' keys is not the one that this database was written with: what it lacks the"
                    + " keys for cannot be read until that one is put back");
            return;
        }
        if (file.latest().trees().size() > 1) {
            @Nullable Sealed last = null;
            do {
                last = moveBehind(last);
            } while (last != null);
        }
    }

    /** One batch, and the last of it; null where nothing was left. */
    @Nullable
    Sealed moveBehind(@Nullable Sealed last) {
        return transaction.execute(_ -> {
            var known = file.latest();
            var page = deposits.older(
                    known.newest().number(),
                    last == null ? FIRST : last.document(),
                    last == null ? -1 : last.version(),
                    BATCH);
            if (page.isEmpty()) {
                return null;
            }
            var moved = deposits.move(resealed(known, page), known.newest().number());
            log.debug("Moved {} deposits under tree {}", moved, known.newest().number());
            return page.getLast();
        });
    }

    private List<Resealed> resealed(BuyerKeys known, List<Sealed> page) {
        var newest = keysOf(known.newest(), page);
        var resealed = new ArrayList<Resealed>(page.size());
        for (var it : keys.find(known, page)) {
            var former = it.key();
            var key = newest.get(it.sealed().leaf());
            if (former != null && key != null) {
                try {
                    resealed.add(new Resealed(it.sealed(), again(former, key, it.sealed())));
                } catch (GeneralSecurityException e) {
                    DepositKeys.tellDamaged(it.sealed()); // and it keeps the tree that it needs
                }
            }
        }
        return resealed;
    }

    private static Map<Long, byte[]> keysOf(BuyerTree tree, List<Sealed> page) {
        return tree.keys().keys(page.stream().map(Sealed::leaf).toList());
    }

    private static byte[] again(byte[] former, byte[] key, Sealed sealed) throws GeneralSecurityException {
        return Seal.again(former, key, sealed.document(), sealed.version(), sealed.ciphertext());
    }
}
