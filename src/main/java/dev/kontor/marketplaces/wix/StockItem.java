package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/**
 * How many of a variant there are in one place, as Catalog V3 tells it.
 *
 * @param quantity null where it does not count
 */
record StockItem(
        String id,
        String revision,
        VariantId variant,
        Instant createdAt,
        @Nullable Integer quantity,
        String availability) {

    static StockItem read(JsonNode json) {
        var item = new Fields(json, "");
        var created = item.at("createdDate").optionalTime();
        return new StockItem(
                item.at("id").text(),
                item.at("revision").text(),
                VariantId.of(item.at("productId").text(), item.at("variantId").text()),
                created == null ? Instant.MAX : created,
                quantity(item.at("quantity")),
                item.at("availabilityStatus").text());
    }

    private static @Nullable Integer quantity(Fields quantity) {
        try {
            return quantity.present() ? quantity.number().intValueExact() : null;
        } catch (ArithmeticException e) {
            throw new UnreadableField("quantity is not a whole number");
        }
    }

    /**
     * What there is of one variant in all places.
     *
     * <p>Wix does not say which place is the default one, from where a web shop sends; what it creates together with the
     * variant is there, so that is the oldest item, and the one that is written. What lies elsewhere is shown with it,
     * and never touched.
     */
    record All(StockItem main, List<StockItem> others) {

        static All of(List<StockItem> items) {
            var oldest = items.stream()
                    .min(Comparator.comparing(StockItem::createdAt).thenComparing(StockItem::id))
                    .orElseThrow();
            return new All(
                    oldest, items.stream().filter(item -> !item.equals(oldest)).toList());
        }

        All withMain(StockItem fresh) {
            return new All(fresh, others);
        }

        /** Null where somewhere nobody counts: there is always some then. */
        @Nullable
        Integer quantity() {
            var own = main.quantity();
            return own == null || others.stream().anyMatch(item -> item.quantity() == null)
                    ? null
                    : Math.max(0, own) + elsewhere();
        }

        private int elsewhere() {
            return others.stream()
                    .map(StockItem::quantity)
                    .mapToInt(quantity -> quantity == null ? 0 : Math.max(0, quantity))
                    .sum();
        }

        String revision() {
            return new Revision(main.id(), main.revision(), elsewhere()).text();
        }

        /** @param asOf of what was told last */
        Reading reading(Instant asOf) {
            var shown = quantity();
            return shown == null
                    ? new Reading.Unreadable("the quantity does not count: the variant is either there or not")
                    : new Reading.Shown(shown, revision(), asOf);
        }
    }

    /** What a write has to know: which item in which state, and how many are shown besides. */
    record Revision(String item, String revision, int elsewhere) {

        private static final Pattern FORM = Pattern.compile("([^@+]+)@([^@+]+)(?:\\+([0-9]{1,6}))?");

        String text() {
            return item + "@" + revision + (elsewhere == 0 ? "" : "+" + elsewhere);
        }

        /** Null for what was no revision of Catalog V3. */
        static @Nullable Revision parse(String text) {
            var parts = FORM.matcher(text);
            return parts.matches()
                    ? new Revision(
                            parts.group(1),
                            parts.group(2),
                            parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)))
                    : null;
        }
    }
}
