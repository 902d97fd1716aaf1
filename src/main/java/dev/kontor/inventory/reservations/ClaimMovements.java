package dev.kontor.inventory.reservations;

import java.util.ArrayList;
import java.util.List;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.orders.OrderId;

/**
 * The movements that lead from one version of a claim to the next. Their keys name the version, so that no step is ever
 * taken twice.
 */
class ClaimMovements {

    private static final String ACTOR = "orders";

    private final AccountId account;
    private final Claim before;
    private final Claim after;
    private final List<Entry> entries = new ArrayList<>();

    private ClaimMovements(AccountId account, Claim before, Claim after) {
        this.account = account;
        this.before = before;
        this.after = after;
    }

    static List<Entry> between(AccountId account, Claim before, Claim after) {
        var movements = new ClaimMovements(account, before, after);
        movements.write();
        return movements.entries;
    }

    private void write() {
        long held = before.reserved();
        if (held > 0 && !before.order().equals(after.order())) {
            add(MovementKind.RELEASE, 0, -held, before.order(), "the line lives on in another order");
            held = 0;
        }
        long shipped = after.shipped() - before.shipped();
        if (shipped > 0) {
            long fromReserved = Math.clamp(held - after.reserved(), 0L, shipped);
            add(MovementKind.SHIPMENT, -shipped, -fromReserved, after.order(), "shipped");
            held -= fromReserved;
        } else if (shipped < 0) {
            add(MovementKind.CORRECTION, -shipped, 0, after.order(), "not shipped after all");
        }
        if (after.reserved() > held) {
            add(MovementKind.RESERVATION, 0, after.reserved() - held, after.order(), "sold");
        } else if (after.reserved() < held) {
            add(MovementKind.RELEASE, 0, after.reserved() - held, after.order(), "not wanted any more");
        }
    }

    private void add(MovementKind kind, long present, long reserved, OrderId order, String reason) {
        entries.add(new Entry(
                "line/" + account + "/" + after.line() + "/" + after.item() + "/" + after.version() + "."
                        + (entries.size() + 1),
                StockAt.own(after.item(), after.warehouse()),
                kind,
                new Change.By(present, reserved),
                new Cause(ACTOR, reason, order, after.line())));
    }
}
