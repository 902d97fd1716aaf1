package dev.kontor.inventory.reservations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.exposure.Exposures.SoldLine;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.orders.OrderId;

/**
 * Makes what orders have of the stock what it should be by all that the archive says of them. It does not matter what made
 * somebody ask, how often or in what order: under the account's lock the archive is read, and the difference is written.
 */
@Component
public class Reservations {

    private static final int AT_ONCE = 200;

    private final Takeovers takeovers;
    private final Claims claims;
    private final Judgement judgement;
    private final Ledger ledger;
    private final Exposures exposures;

    Reservations(Takeovers takeovers, Claims claims, Judgement judgement, Ledger ledger, Exposures exposures) {
        this.takeovers = takeovers;
        this.claims = claims;
        this.judgement = judgement;
        this.ledger = ledger;
        this.exposures = exposures;
    }

    /** Joins the caller's transaction, where there is one. */
    @Transactional
    public void judge(AccountId account, Collection<OrderId> told) {
        judge(account, told, List::of);
    }

    /** @param before asked, when it is known what the orders have, for movements that come before theirs */
    @Transactional
    void judge(AccountId account, Collection<OrderId> told, Supplier<List<Entry>> before) {
        claims.lock(account);
        var takeover = takeovers.find(account);
        if (takeover.isEmpty()) {
            return;
        }
        var all = List.copyOf(new HashSet<>(told));
        var entries = new ArrayList<Entry>();
        var sold = new ArrayList<SoldLine>();
        for (int first = 0; first < all.size(); first += AT_ONCE) {
            var some = all.subList(first, Math.min(all.size(), first + AT_ONCE));
            var judged = judgement.of(account, takeover.get().from(), some);
            entries.addAll(judged.entries());
            sold.addAll(judged.sold());
        }
        entries.addAll(0, before.get());
        ledger.post(entries); // all at once, because positions are locked in an order that everybody keeps to
        exposures.sold(account, sold);
    }
}
