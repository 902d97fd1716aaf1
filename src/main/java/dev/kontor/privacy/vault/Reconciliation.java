package dev.kontor.privacy.vault;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.keys.LeafRange;
import dev.kontor.privacy.vault.ErasureProof.Reason;
import dev.kontor.privacy.vault.Erasures.Pending;

/**
 * Brings a database and a key file together of which one was put back from an older copy: whoever was erased in either
 * is erased in both. Only under the lock of {@link Erasures}.
 */
@Component
class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final int PAGE = 10_000;

    private final KeyFile<BuyerKeys> file;
    private final KeyChecks checks;
    private final Erasures erasures;

    Reconciliation(KeyFile<BuyerKeys> file, KeyChecks checks, Erasures erasures) {
        this.file = file;
        this.checks = checks;
        this.erasures = erasures;
    }

    void run() {
        forEachPage("ERASED", this::puncture);
        var known = checks.generation(BuyerKeys.NAME);
        if (file.latest().generation() < known) {
            log.warn("The file of buyers' keys was older than the database; all erasures were done in it again");
            file.replace(keys -> keys.after(known));
        }
        forEachPage("ACTIVE", this::condemn);
        checks.advance(BuyerKeys.NAME, file.latest().generation());
    }

    private void puncture(List<Pending> erased) {
        var keys = file.latest();
        var living = erased.stream()
                .map(Pending::leaf)
                .filter(keys::covers)
                .map(LeafRange::of)
                .toList();
        if (!living.isEmpty()) {
            file.replace(present -> present.without(living));
        }
    }

    private void condemn(List<Pending> active) {
        var keys = file.latest();
        var dead = active.stream()
                .filter(it -> !keys.covers(it.leaf()))
                .map(Pending::id)
                .toList();
        if (!dead.isEmpty()) {
            log.warn("{} buyers in the database had been erased before; they are erased again", dead.size());
            erasures.condemn(dead, Erasures.EVER, Reason.RESTORED_COPY);
        }
    }

    private void forEachPage(String state, Consumer<List<Pending>> action) {
        var page = erasures.page(state, -1, PAGE);
        while (!page.isEmpty()) {
            action.accept(page);
            page = erasures.page(state, page.getLast().leaf(), PAGE);
        }
    }
}
