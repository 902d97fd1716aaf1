package dev.kontor.inventory.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.FieldProblem;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;

/** What one row says of an item. An empty cell says nothing, and leaves what is known. */
class ImportedRow {

    private static final String FORMULA_BEGINS = "=+-@\t\r";
    private static final long MOST = 1_000_000_000;

    private final int line;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final String sku;
    private final String name;
    private final String ean;
    private final @Nullable ItemType type;
    private final List<Part> parts;
    private final @Nullable Long count;

    ImportedRow(SheetRow row, Columns columns) {
        this.line = row.line();
        this.sku = text("sku", row, columns);
        this.name = text("name", row, columns);
        this.ean = text("ean", row, columns);
        this.type = type(text("type", row, columns));
        this.parts = parts(text("parts", row, columns));
        this.count = count(text("count", row, columns));
    }

    private String text(String column, SheetRow row, Columns columns) {
        var text = row.cell(columns.of(column));
        if (text == null) {
            refuse(column, "is not UTF-8");
            return "";
        }
        if (text.indexOf('\0') >= 0) { // no database keeps it
            refuse(column, "must not contain the character U+0000");
            return "";
        }
        var stripped = text.strip();
        boolean disarmed =
                stripped.length() > 1 && stripped.startsWith("'") && FORMULA_BEGINS.indexOf(stripped.charAt(1)) >= 0;
        return disarmed ? stripped.substring(1) : stripped; // as an export writes what looks like a formula
    }

    private @Nullable ItemType type(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return ItemType.valueOf(
                    text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_'));
        } catch (IllegalArgumentException e) {
            refuse("type", "must be one of " + Arrays.toString(ItemType.values()));
            return null;
        }
    }

    private List<Part> parts(String text) {
        var found = new ArrayList<Part>();
        for (var part : text.split("[,;]")) {
            if (!part.isBlank()) {
                found.add(part(part.strip()));
            }
        }
        return found;
    }

    private Part part(String text) {
        int star = text.lastIndexOf('*');
        if (star < 0) {
            return new Part(text, 1);
        }
        try {
            return new Part(
                    text.substring(0, star).strip(),
                    Integer.parseInt(text.substring(star + 1).strip()));
        } catch (NumberFormatException e) {
            refuse("parts", "must be SKUs with quantities, such as CUP*2, SAUCER*2");
            return new Part(text, 1);
        }
    }

    private @Nullable Long count(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        refuse("count", "must be a whole number from 0 to " + MOST);
        return null;
    }

    void refuse(String field, String reason) {
        problems.add(new FieldProblem(field, reason));
    }

    /** Together with what is known of the item already. */
    ItemWish wish(@Nullable Item known) {
        var knownEan = known == null ? null : known.ean();
        var present = new ItemWish(
                sku,
                known == null ? "" : known.name(),
                knownEan == null ? null : knownEan.digits(),
                known == null ? ItemType.SIMPLE : known.type(),
                known == null ? List.of() : known.parts());
        return new ItemWish(
                sku,
                name.isEmpty() ? present.name() : name,
                ean.isEmpty() ? present.ean() : ean,
                type == null ? present.type() : type,
                parts.isEmpty() ? present.parts() : parts);
    }

    int line() {
        return line;
    }

    List<FieldProblem> problems() {
        return problems;
    }

    String sku() {
        return sku;
    }

    List<Part> parts() {
        return parts;
    }

    @Nullable
    Long count() {
        return count;
    }
}
