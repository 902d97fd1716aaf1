package dev.kontor.inventory.reservations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.inventory.reservations.Takeovers.Takeover;
import dev.kontor.inventory.reservations.Takeovers.Truth;
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

    /**
     * @param from orders that were placed since then and are archived already are made good for
     * @param count says what was there at the beginning, when it is known what was taken since
     */
    public record Beginning(Truth truth, Mode mode, Instant from, Function<List<Taken>, List<Entry>> count) {

        public static Beginning counted(Instant from) {
            return new Beginning(Truth.KONTOR, Mode.WRITING, from, taken -> List.of());
        }
    }

    /** Units of an item that an order took since the beginning, whether they have left or not. */
    public record Taken(ListingId listing, ItemId item, long quantity, Instant placedAt) {}

    /** For an account whose orders moved nothing so far. */
    @Transactional
    public Takeover takeOver(AccountId account, Beginning beginning, String actor) {
        claims.lock(account);
        takeovers.find(account).ifPresent(before -> {
            throw new Conflict("stock-taken-over", "Its orders move stock since " + before.from() + ".");
        });
        var now = clock.instant();
        var since = beginning.from().truncatedTo(ChronoUnit.MICROS);
        if (since.isAfter(now) || since.isBefore(now.minus(LONGEST_AGO))) {
            throw new InvalidField("from", "must be of the last " + LONGEST_AGO.toDays() + " days");
        }
        takeovers.add(new Takeover(account, beginning.truth(), beginning.mode(), since, actor, now, 1));
        reservations.judge(
                account, placed(account, since), () -> beginning.count().apply(taken(account)));
        return takeovers.find(account).orElseThrow();
    }

    private List<Taken> taken(AccountId account) {
        var held = claims.of(account);
        var placedAt = orders.find(held.stream().map(Claim::order).distinct().toList()).stream()
                .collect(Collectors.toMap(OrderView::id, OrderView::placedAt));
        return held.stream()
                .filter(claim -> placedAt.containsKey(claim.order()))
                .map(claim -> new Taken(
                        claim.listing(),
                        claim.item(),
                        claim.reserved() + claim.shipped(),
                        Objects.requireNonNull(placedAt.get(claim.order()))))
                .toList();
    }

    /** @param seen refuses a version that the caller has not seen */
    @Transactional
    public Takeover change(AccountId account, Mode mode, LongConsumer seen) {
        claims.lock(account);
        var before = takeovers.find(account).orElseThrow();
        if (before.mode() == mode) {
            return before;
        }
        seen.accept(before.version());
        takeovers.change(account, mode, clock.instant());
        return takeovers.find(account).orElseThrow();
    }

    private List<OrderId> placed(AccountId account, Instant since) {
        var sold = new ArrayList<OrderId>();
        OrderView last = null;
        List<OrderView> page;
        do {
            page = orders.placedSince(account, since, last, PAGE);
            page.forEach(order -> sold.add(order.id()));
            last = page.isEmpty() ? null : page.getLast();
        } while (last != null);
        return sold;
    }
}
