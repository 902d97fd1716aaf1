package dev.kontor.inventory.items;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ItemsSaved;
import dev.kontor.inventory.items.Item.Part;

/** Takes items in and changes them. */
@Component
public class Catalogue {

    private final Items items;
    private final Bundles bundles;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Catalogue(Items items, Bundles bundles, ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.items = items;
        this.bundles = bundles;
        this.clock = clock;
    }

    @Transactional
    public Item create(ItemWish wish) {
        refuseWrong(wish);
        bundles.lock();
        if (!items.bySku(List.of(wish.sku())).isEmpty()) {
            throw new Conflict("sku-taken", "There is an item with this SKU already.");
        }
        return save(wish);
    }

    /**
     * @param seen refuses a version that the caller has not seen
     * @param change SKU and type stay what they are
     */
    @Transactional
    public Item change(ItemId id, LongConsumer seen, UnaryOperator<ItemWish> change) {
        bundles.lock();
        items.lock(id);
        var before = items.find(id).orElseThrow();
        seen.accept(before.version());
        var present = ItemWish.of(before);
        var wish = change.apply(present);
        refuseWrong(wish);
        return wish.equals(present) ? before : save(wish);
    }

    /** Many without parts at once, new ones and known ones; their wishes have no problems. */
    @Transactional
    public void save(List<ItemWish> wishes) {
        items.save(wishes, clock.instant());
        told(wishes);
    }

    private void told(List<ItemWish> wishes) {
        events.publishEvent(new ItemsSaved(wishes.stream()
                .flatMap(wish -> Stream.of(wish.sku(), wish.ean()))
                .filter(Objects::nonNull)
                .toList()));
    }

    /** A bundle, new or known; refused, it leaves the caller's transaction as it was. */
    @Transactional(propagation = Propagation.NESTED)
    public Item saveBundle(ItemWish wish) {
        bundles.lock();
        return save(wish);
    }

    private Item save(ItemWish wish) {
        items.save(List.of(wish), clock.instant());
        told(List.of(wish));
        var item = items.find(wish.sku()).orElseThrow();
        if (wish.type() != ItemType.BUNDLE) {
            return item;
        }
        bundles.replace(
                item,
                wish.parts(),
                items.bySku(wish.parts().stream().map(Part::sku).toList()));
        events.publishEvent(new BundleSaved(item.id()));
        return items.find(item.id()).orElseThrow();
    }

    private static void refuseWrong(ItemWish wish) {
        var problems = wish.problems();
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
    }
}
