package dev.kontor.inventory.publication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Allocation;
import dev.kontor.inventory.allocation.Offered;
import dev.kontor.inventory.allocation.Share;
import dev.kontor.inventory.allocation.Situation;
import dev.kontor.inventory.allocation.Step;
import dev.kontor.inventory.allocation.Step.Kind;
import dev.kontor.inventory.plans.Doubts.Stock;

/** What listings are to show as long as somebody is not believed: what they would if he had said nothing. */
final class Caution {

    private final Map<ItemId, Stock> stock;

    Caution(Map<ItemId, Stock> stock) {
        this.stock = stock;
    }

    /** Of those listings that sell what is doubted; but where nobody had said anything before, there is nothing to go by. */
    Map<ListingId, Share> shares(List<Offered> listings) {
        var shares = new HashMap<ListingId, Share>();
        if (listings.stream().noneMatch(this::doubted)) {
            return shares;
        }
        var believed = new HashMap<ItemId, Long>();
        stock.forEach((item, there) -> believed.put(item, there.available() - change(item)));
        Allocation.divide(new Situation(believed, listings)).forEach(it -> shares.put(it.listing(), explained(it)));
        listings.stream()
                .filter(it -> !doubted(it) || it.each().keySet().stream().anyMatch(this::unknown))
                .forEach(it -> shares.remove(it.listing()));
        return shares;
    }

    private boolean doubted(Offered offered) {
        return offered.each().keySet().stream().anyMatch(item -> of(item).doubted());
    }

    private boolean unknown(ItemId item) {
        return of(item).doubted() && of(item).change() == null;
    }

    private long change(ItemId item) {
        return of(item).doubted() ? Objects.requireNonNullElse(of(item).change(), 0L) : 0;
    }

    private Stock of(ItemId item) {
        return Objects.requireNonNull(stock.get(item));
    }

    /** The terms begin with what the ledger says. */
    private Share explained(Share share) {
        var steps = share.steps().stream().flatMap(this::explained).toList();
        return new Share(share.listing(), share.quantity(), share.guarded(), steps);
    }

    private Stream<Step> explained(Step step) {
        var item = step.item();
        if (step.kind() != Kind.AVAILABLE || item == null || change(item) == 0) {
            return Stream.of(step);
        }
        return Stream.of(
                new Step(Kind.AVAILABLE, step.quantity() + change(item), item, null),
                new Step(Kind.DOUBTED, -change(item), item, null));
    }
}
