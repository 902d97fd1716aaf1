package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The list of checkout forms: a read model of the shop as it was a moment ago. */
final class FormList {

    static final List<String> STATUSES = List.of("BOUGHT", "FILLED_IN", "READY_FOR_PROCESSING", "CANCELLED");
    static final List<String> FULFILLMENTS = List.of(
            "NEW",
            "PROCESSING",
            "READY_FOR_SHIPMENT",
            "READY_FOR_PICKUP",
            "SENT",
            "PICKED_UP",
            "CANCELLED",
            "SUSPENDED",
            "RETURNED");
    private static final List<String> SORTS =
            List.of("lineItems.boughtAt", "-lineItems.boughtAt", "updatedAt", "-updatedAt");
    private static final int DEEPEST = 10_000;

    /** One page of what was found. */
    record Found(List<FormState> page, int total) {}

    private final Shop shop;
    private final int offset;
    private final int limit;
    private final String sort;
    private final long boughtFrom;
    private final long boughtTo;
    private final long updatedFrom;
    private final long updatedTo;
    private final List<Predicate<FormState>> filters = new ArrayList<>();

    FormList(Shop shop, Query query, long oldest) throws Problem {
        this.shop = shop;
        limit = query.number("limit", 1, 100, 100);
        offset = query.number("offset", 0, Integer.MAX_VALUE, 0);
        if (offset > DEEPEST - limit) {
            query.wrong("offset", "and limit together must not exceed " + DEEPEST);
        }
        var sorts = query.choices("sort", SORTS);
        sort = sorts.isEmpty() ? "-lineItems.boughtAt" : sorts.getFirst();
        boughtFrom = Math.max(oldest, query.time("lineItems.boughtAt.gte", Long.MIN_VALUE));
        boughtTo = query.time("lineItems.boughtAt.lte", Long.MAX_VALUE);
        updatedFrom = query.time("updatedAt.gte", Long.MIN_VALUE);
        updatedTo = query.time("updatedAt.lte", Long.MAX_VALUE);
        var states = query.choices("status", STATUSES);
        filter(states, it -> states.contains(it.status()));
        var fulfillments = query.choices("fulfillment.status", FULFILLMENTS);
        filter(fulfillments, it -> fulfillments.contains(it.fulfillment()));
        var providers = query.choices("fulfillment.provider.id", List.of("SELLER", "ALLEGRO"));
        filter(providers, it -> providers.contains("SELLER"));
        var sent = query.choices("fulfillment.shipmentSummary.lineItemsSent", List.of("NONE", "SOME", "ALL"));
        filter(sent, it -> sent.contains(it.sent() ? "ALL" : "NONE"));
        filterByContent(query);
        query.check();
    }

    private void filterByContent(Query query) {
        equal(
                query,
                "buyer.login",
                it -> shop.purchases().buyer(it.form().key()).login());
        equal(
                query,
                "marketplace.id",
                it -> shop.purchases().buyer(it.form().key()).country().marketplace);
        equal(
                query,
                "payment.id",
                it -> it.has(Step.Kind.FILLED_IN)
                        ? FormDocument.paymentId(shop.seed(), it.form()).toString()
                        : "");
        equal(
                query,
                "surcharges.id",
                it -> it.has(Step.Kind.SURCHARGE_PAID)
                        ? FormDocument.surchargeId(shop.seed(), it.form()).toString()
                        : "");
        equal(
                query,
                "delivery.method.id",
                it -> it.has(Step.Kind.FILLED_IN)
                        ? Order.of(shop.purchases(), it.form()).delivery().id().toString()
                        : "");
    }

    private void equal(Query query, String name, java.util.function.Function<FormState, String> value) {
        var wanted = query.text(name);
        if (wanted != null) {
            filters.add(it -> value.apply(it).equals(wanted));
        }
    }

    private void filter(List<String> chosen, Predicate<FormState> filter) {
        if (!chosen.isEmpty()) {
            filters.add(filter);
        }
    }

    Found at(Timeline.Moment moment, long instant) {
        var first = firstBoughtAtOrAfter(moment, boughtFrom);
        var end = firstBoughtAtOrAfter(moment, boughtTo == Long.MAX_VALUE ? boughtTo : boughtTo + 1);
        end = Math.min(end, firstBoughtAtOrAfter(moment, instant + 1));
        var byUpdate = sort.endsWith("updatedAt");
        var whole = byUpdate || updatedFrom != Long.MIN_VALUE || updatedTo != Long.MAX_VALUE || !filters.isEmpty();
        return whole ? search(moment, first, end, instant) : walk(moment, first, end, instant);
    }

    /** Without filters only the wanted page is looked at closely. */
    private Found walk(Timeline.Moment moment, int first, int end, long instant) {
        var found = new int[Math.max(0, end - first)];
        var total = 0;
        for (var i = first; i < end; i++) {
            var key = moment.keys()[i];
            if (shop.forms().formOf(key, instant).key() == key) {
                found[total++] = key;
            }
        }
        var page = new ArrayList<FormState>(limit);
        for (var i = offset; i < Math.min(total, offset + limit); i++) {
            var key = found[sort.startsWith("-") ? total - 1 - i : i];
            page.add(shop.forms().state(shop.forms().formOf(key, instant), instant));
        }
        return new Found(page, total);
    }

    private Found search(Timeline.Moment moment, int first, int end, long instant) {
        var found = new ArrayList<FormState>();
        Arrays.stream(moment.keys(), first, Math.max(first, end)).forEach(key -> {
            var form = shop.forms().formOf(key, instant);
            if (form.key() == key) {
                var state = shop.forms().state(form, instant);
                if (matches(state)) {
                    found.add(state);
                }
            }
        });
        if (sort.endsWith("updatedAt")) {
            found.sort(Comparator.comparingLong(FormState::updatedAt));
        }
        var sorted = sort.startsWith("-") ? found.reversed() : found;
        var from = Math.min(offset, sorted.size());
        return new Found(List.copyOf(sorted.subList(from, Math.min(from + limit, sorted.size()))), sorted.size());
    }

    private boolean matches(FormState state) {
        return state.updatedAt() >= updatedFrom
                && state.updatedAt() <= updatedTo
                && filters.stream().allMatch(it -> it.test(state));
    }

    private int firstBoughtAtOrAfter(Timeline.Moment moment, long millis) {
        var low = 0;
        var high = moment.purchases();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (shop.purchases().boughtAt(moment.keys()[middle]) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
