package dev.kontor.inventory.reservations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.reservations.Takeovers.Takeover;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;

/** From an instant on, for good, the orders of an account move stock. */
@Component
public class StockTakeover {

    private static final Duration LONGEST_AGO = Duration.ofDays(30);
    private static final int PAGE = 200;

    private final Takeovers takeovers;
    private final Claims claims;
    private final Orders orders;
    private final Reservations reservations;
    private final Clock clock;

    StockTakeover(Takeovers takeovers, Claims claims, Orders orders, Reservations reservations, Clock clock) {
        this.takeovers = takeovers;
        this.claims = claims;
        this.orders = orders;
        this.reservations = reservations;
        this.clock = clock;
    }

    /** @param from null for now; orders that were placed since then and are archived already are made good for */
    @Transactional
    public Takeover takeOver(AccountId account, @Nullable Instant from, String actor) {
        claims.lock(account);
        var now = clock.instant();
        var since = (from == null ? now : from).truncatedTo(ChronoUnit.MICROS);
        var before = takeovers.find(account);
        if (before.isPresent()) {
            if (from != null && !since.equals(before.get().from())) {
                throw new Conflict(
                        "stock-taken-over",
                        "Its orders move stock since " + before.get().from() + ".");
            }
            return before.get();
        }
        if (since.isAfter(now) || since.isBefore(now.minus(LONGEST_AGO))) {
            throw new InvalidField("from", "must be of the last " + LONGEST_AGO.toDays() + " days");
        }
        takeovers.add(new Takeover(account, since, actor, now));
        makeGood(account, since);
        return takeovers.find(account).orElseThrow();
    }

    private void makeGood(AccountId account, Instant since) {
        var sold = new ArrayList<OrderId>();
        OrderView last = null;
        List<OrderView> page;
        do {
            page = orders.placedSince(account, since, last, PAGE);
            page.forEach(order -> sold.add(order.id()));
            last = page.isEmpty() ? null : page.getLast();
        } while (last != null);
        reservations.judge(account, sold);
    }
}
