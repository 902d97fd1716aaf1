package dev.kontor.orders.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.UnreadableRecord;

/**
 * What reading some orders brought. An order that cannot be read costs itself only: it is put aside, and the others go on.
 *
 * @param settled ids that need no further reading for now
 * @param stoppedBy the first answer after which it makes no sense to go on, if any
 */
public record Readings(
        List<MarketplaceOrder> orders,
        List<String> gone,
        List<UnreadableRecord> unreadable,
        Set<String> settled,
        @Nullable Answer<OrderReading> stoppedBy) {

    /**
     * An order without any answer is put aside where the marketplace did answer for others, so that it cannot hold them up
     * for ever; where nothing was answered at all, the marketplace is away.
     */
    public static Readings of(Map<String, Answer<OrderReading>> answers) {
        return of(answers, answers.values().stream().anyMatch(Answer.Ok.class::isInstance));
    }

    /** The same, but an order without any answer is left over: it will be asked for again soon. */
    public static Readings leavingOver(Map<String, Answer<OrderReading>> answers) {
        return of(answers, false);
    }

    /** The same, also where nothing was answered: it was tried often enough. */
    public static Readings puttingAside(Map<String, Answer<OrderReading>> answers) {
        return of(answers, true);
    }

    private static Readings of(Map<String, Answer<OrderReading>> answers, boolean putAside) {
        var orders = new ArrayList<MarketplaceOrder>();
        var gone = new ArrayList<String>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var settled = new LinkedHashSet<String>();
        Answer<OrderReading> stoppedBy = null;
        for (var entry : answers.entrySet()) {
            var id = entry.getKey();
            var answer = entry.getValue();
            switch (answer) {
                case Answer.Ok<OrderReading>(OrderReading.Found(var order)) -> orders.add(order);
                case Answer.Ok<OrderReading>(OrderReading.Gone()) -> gone.add(id);
                case Answer.Ok<OrderReading>(OrderReading.Unreadable(var bad)) -> unreadable.add(bad);
                case Answer.Malformed<OrderReading> malformed ->
                    unreadable.add(new UnreadableRecord("order", id, malformed.failure(), ""));
                case Answer.Rejected<OrderReading> rejected -> {
                    if (rejected.code().equals(Connections.INACTIVE)) {
                        stoppedBy = stoppedBy == null ? rejected : stoppedBy;
                        continue;
                    }
                    unreadable.add(new UnreadableRecord("order", id, rejected.failure(), ""));
                }
                case Answer.Throttled<OrderReading> throttled -> {
                    stoppedBy = stoppedBy == null ? throttled : stoppedBy;
                    continue;
                }
                case Answer.Unauthorized<OrderReading> unauthorized -> {
                    stoppedBy = stoppedBy == null ? unauthorized : stoppedBy;
                    continue;
                }
                case Answer.Unavailable<OrderReading> unavailable -> {
                    if (putAside) {
                        unreadable.add(new UnreadableRecord("order", id, unavailable.failure(), ""));
                        break;
                    }
                    stoppedBy = stoppedBy == null ? unavailable : stoppedBy;
                    continue;
                }
            }
            settled.add(id);
        }
        return new Readings(orders, gone, unreadable, settled, stoppedBy);
    }
}
