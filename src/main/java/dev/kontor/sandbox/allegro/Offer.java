package dev.kontor.sandbox.allegro;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;

/** An offer of the seller with what buyers see of it now, and saw a while ago. */
final class Offer {

    /** How an offer looked from an instant on. */
    record Look(
            long since,
            int available,
            String status,
            @Nullable String endedBy) {

        static final String ACTIVE = "ACTIVE";
        static final String ENDED = "ENDED";
        static final String INACTIVE = "INACTIVE";

        boolean onSale() {
            return status.equals(ACTIVE) && available > 0;
        }

        /** Nothing left ends an offer; more of it does not bring it back. */
        Look showing(long at, int quantity) {
            return quantity == 0 && status.equals(ACTIVE)
                    ? new Look(at, 0, ENDED, "EMPTY_STOCK")
                    : new Look(at, quantity, status, endedBy);
        }

        Look activated(long at) {
            return new Look(at, available, ACTIVE, null);
        }

        Look ended(long at) {
            return new Look(at, available, ENDED, "USER");
        }
    }

    private final Product product;
    private final Deque<Look> looks = new ArrayDeque<>();
    private long busyUntil = Long.MIN_VALUE;
    private boolean removed;

    Offer(Product product, Look first) {
        this.product = product;
        looks.add(first);
    }

    /** Most sellers have plenty of most things and few of some; some offers have ended, some were never on sale. */
    static Offer of(long seed, int index, Product product) {
        var dice = Dice.of(seed, "stock", index);
        var available = dice.chance(0.1) ? dice.between(1, 12) : dice.between(2_000, 20_000);
        var look = new Look(Long.MIN_VALUE, available, Look.ACTIVE, null);
        if (dice.chance(0.04)) {
            look = new Look(Long.MIN_VALUE, available, Look.INACTIVE, null);
        } else if (dice.chance(0.04)) {
            look = new Look(Long.MIN_VALUE, available, Look.ENDED, "USER");
        }
        return new Offer(product, look);
    }

    Product product() {
        return product;
    }

    Look now() {
        return looks.getLast();
    }

    void look(Look look, long forgotten) {
        looks.add(look);
        while (looks.size() > 1 && second().since() <= forgotten) {
            looks.removeFirst();
        }
    }

    private Look second() {
        Iterator<Look> all = looks.iterator();
        all.next();
        return all.next();
    }

    /** What somebody sees who is told late. */
    Look at(long instant) {
        var seen = looks.getFirst();
        for (var look : looks) {
            seen = look.since() <= instant ? look : seen;
        }
        return seen;
    }

    /** An edit of the whole offer is running. */
    boolean busy(long at) {
        return at < busyUntil;
    }

    /** Whether nobody finds it any more, neither buyers nor the seller. */
    boolean removed() {
        return removed;
    }

    void remove() {
        removed = true;
    }

    void busyUntil(long at) {
        busyUntil = at;
    }
}
