package dev.kontor.sandbox.allegro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.kontor.sandbox.world.Fault;

/** What one would see without any line, limit or fault in between. */
final class Truth {

    private final World world;

    Truth(World world) {
        this.world = world;
    }

    /** All checkout forms that exist now, in order of purchase. */
    Stream<TrueOrder> orders(int seller, boolean hashed) {
        var shop = world.shop(seller);
        var moment = world.moment(shop);
        var now = moment.at();
        return IntStream.range(0, moment.purchases())
                .map(it -> moment.keys()[it])
                .mapToObj(key -> shop.forms().formOf(key, now).key() == key
                        ? shop.forms().formOf(key, now)
                        : null)
                .mapMulti((form, sink) -> {
                    if (form != null) {
                        sink.accept(order(shop, shop.forms().state(form, now), hashed));
                    }
                });
    }

    Stream<TrueEvent> events(int seller) {
        var shop = world.shop(seller);
        var moment = world.moment(shop);
        return IntStream.range(0, moment.logged()).mapToObj(it -> {
            var event = shop.eventOf(moment.events()[it]);
            var order = shop.forms().id(event.form()).toString();
            return new TrueEvent(Long.toString(moment.ids()[it]), event.type(), order, Json.time(event.at()));
        });
    }

    Stream<TrueOffer> offers(int seller) {
        var shop = world.shop(seller);
        world.moment(shop);
        return shop.shelf().offers().stream().filter(it -> !it.removed()).map(it -> {
            var look = shop.shelf().lookAt(it, Long.MAX_VALUE);
            var broken = shop.badness(it);
            return new TrueOffer(
                    it.product().offerId(),
                    it.product().sku(),
                    it.product().name(),
                    look.available(),
                    look.status(),
                    broken == null ? null : broken.name());
        });
    }

    /** Ids that were merged away, each with the id that took its place. */
    Map<String, String> merged(int seller) {
        var shop = world.shop(seller);
        var moment = world.moment(shop);
        var merged = new LinkedHashMap<String, String>();
        for (var i = 0; i < moment.purchases(); i++) {
            var own = new Form(moment.keys()[i], false);
            var now = shop.forms().formOf(own.key(), moment.at());
            if (now.merged()) {
                merged.put(shop.forms().id(own).toString(), shop.forms().id(now).toString());
            }
        }
        return merged;
    }

    private static TrueOrder order(Shop shop, FormState state, boolean hashed) {
        var order = Order.of(shop.purchases(), state.form());
        var broken = shop.badness(state.form());
        return new TrueOrder(
                shop.forms().id(state.form()).toString(),
                state.status(),
                state.fulfillment(),
                shop.forms().revision(state),
                Json.money(order.total(state.has(Step.Kind.FILLED_IN)), order.currency())
                        .path("amount")
                        .asString(),
                order.currency(),
                Json.time(state.boughtAt()),
                Json.time(state.updatedAt()),
                order.lines().size(),
                units(order),
                hashed ? Shop.sha256(shop.trueDocument(state)) : null,
                broken == null ? null : broken.name());
    }

    private static Map<String, Integer> units(Order order) {
        var units = new TreeMap<String, Integer>();
        for (var line : order.lines()) {
            if (line.product().sku() instanceof String sku) {
                units.merge(sku, line.quantity(), Integer::sum);
            }
        }
        return units;
    }

    List<String> broken(int seller, Fault fault) {
        return orders(seller, false)
                .filter(it -> fault.name().equals(it.broken()))
                .map(TrueOrder::id)
                .toList();
    }
}
