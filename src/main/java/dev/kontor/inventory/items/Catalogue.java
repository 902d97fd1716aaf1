package dev.kontor.inventory.items;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
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
    private final AuditLog audit;

    Catalogue(Items items, Bundles bundles, ApplicationEventPublisher events, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.events = events;
        this.items = items;
        this.bundles = bundles;
        this.clock = clock;
    }

    @Transactional
    public Item create(ItemWish wish) {
        refuseWrong(wish);
        if (wish.type() == ItemType.BUNDLE) {
            bundles.lock();
        }
        if (!items.add(wish, clock.instant())) {
            throw new Conflict("sku-taken", "There is an item with this SKU already.");
        }
        var item = saved(wish);
        audit.record(told("item.added", item.id(), null, wish));
        return item;
    }

    /**
     * @param seen refuses a version that the caller has not seen
     * @param change SKU and type stay what they are
     */
    @Transactional
    public Item change(ItemId id, LongConsumer seen, UnaryOperator<ItemWish> change) {
        if (items.find(id).orElseThrow().type() == ItemType.BUNDLE) {
            bundles.lock(); // nobody else waits for those who save bundles, many of them at once perhaps
        }
        items.lock(id);
        var before = items.find(id).orElseThrow();
        seen.accept(before.version());
        var present = ItemWish.of(before);
        var wish = change.apply(present);
        refuseWrong(wish);
        if (wish.equals(present)) {
            return before;
        }
        audit.record(told("item.changed", id, present, wish));
        return save(wish);
    }

    private static Act told(String action, ItemId id, @Nullable ItemWish was, ItemWish is) {
        return Act.of(action, "item", id)
                .label("sku", was == null ? null : was.sku(), is.sku())
                .label("name", was == null ? null : was.name(), is.name())
                .label("ean", was == null ? null : was.ean(), is.ean())
                .field("type", was == null ? null : was.type(), is.type())
                .label("parts", was == null ? null : parts(was), parts(is));
    }

    private static @Nullable String parts(ItemWish wish) {
        return wish.parts().isEmpty()
                ? null
                : wish.parts().stream()
                        .map(part -> part.sku() + "*" + part.quantity())
                        .collect(Collectors.joining(", "));
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
        return saved(wish);
    }

    private Item saved(ItemWish wish) {
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
