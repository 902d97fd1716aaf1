package dev.kontor.inventory.imports;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row of a spreadsheet.
 *
 * @param line where it begins, from 1
 * @param cells null for one that cannot be read
 */
record SheetRow(int line, List<@Nullable String> cells) {

    /** Beyond the last cell and in empty ones. */
    @Nullable
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    boolean blank() {
        return cells.stream().allMatch(cell -> cell != null && cell.isBlank());
    }
}
