package dev.kontor.inventory.imports;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.InvalidField;

/**
 * A row of a spreadsheet.
 *
 * @param line where it begins, from 1
 * @param cells null for one that cannot be read
 */
record SheetRow(int line, List<@Nullable String> cells) {

    /** Many times as many as there are columns to name. */
    static final int MOST_CELLS = 100;

    static InvalidField tooWide(int line) {
        return new InvalidField(
                "body", "must have at most " + MOST_CELLS + " cells in a row; line " + line + " has more");
    }

    /** Beyond the last cell and in empty ones. */
    @Nullable
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    boolean blank() {
        return cells.stream().allMatch(cell -> cell != null && cell.isBlank());
    }
}
