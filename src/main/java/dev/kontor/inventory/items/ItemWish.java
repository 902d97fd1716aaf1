package dev.kontor.inventory.items;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.FieldProblem;
import dev.kontor.inventory.items.Item.Part;

/** An item as somebody would like to have it; {@link #problems} tells why it cannot be had. */
public record ItemWish(String sku, String name, @Nullable String ean, ItemType type, List<Part> parts) {

    private static final int LONGEST_SKU = 100;
    private static final int LONGEST_NAME = 500;
    private static final int MOST_OF_A_PART = 1_000_000;

    public ItemWish {
        sku = sku.strip();
        name = name.strip();
        ean = ean == null || ean.isBlank() ? null : ean.strip();
        parts = List.copyOf(parts);
    }

    /** That leaves the item as it is. */
    public static ItemWish of(Item item) {
        var ean = item.ean();
        return new ItemWish(item.sku(), item.name(), ean == null ? null : ean.digits(), item.type(), item.parts());
    }

    public List<FieldProblem> problems() {
        var problems = new ArrayList<FieldProblem>();
        if (!printable(sku, LONGEST_SKU)) {
            problems.add(new FieldProblem("sku", "must have 1 to " + LONGEST_SKU + " printable characters"));
        }
        if (!printable(name, LONGEST_NAME)) {
            problems.add(new FieldProblem("name", "must have 1 to " + LONGEST_NAME + " printable characters"));
        }
        if (ean != null && Gtin.parse(ean).isEmpty()) {
            problems.add(
                    new FieldProblem("ean", "must be a GTIN of 8, 12, 13 or 14 digits whose check digit is right"));
        }
        if (type == ItemType.BUNDLE && parts.isEmpty()) {
            problems.add(new FieldProblem("parts", "must name what the bundle consists of"));
        }
        if (type != ItemType.BUNDLE && !parts.isEmpty()) {
            problems.add(new FieldProblem("parts", "must be empty unless the item is a bundle"));
        }
        addProblemsOfParts(problems);
        return problems;
    }

    private void addProblemsOfParts(List<FieldProblem> problems) {
        var seen = new HashSet<String>();
        for (int index = 0; index < parts.size(); index++) {
            var part = parts.get(index);
            if (part.quantity() < 1 || part.quantity() > MOST_OF_A_PART) {
                problems.add(new FieldProblem("parts[" + index + "].quantity", "must be from 1 to " + MOST_OF_A_PART));
            }
            if (part.sku().equals(sku)) {
                problems.add(new FieldProblem("parts[" + index + "].sku", "must not be the bundle itself"));
            } else if (!seen.add(part.sku())) {
                problems.add(new FieldProblem("parts[" + index + "].sku", "must not be named twice"));
            }
        }
    }

    @Nullable
    Gtin gtin() {
        return ean == null ? null : new Gtin(ean);
    }

    private static boolean printable(String text, int longest) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= longest
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
