package dev.kontor.inventory.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;

/** Which column of a spreadsheet says what, by its header. */
class Columns {

    private static final Set<String> READ = Set.of("sku", "name", "ean", "type", "parts", "count");

    /** An export has them. What is there is said by movements, so they are left alone. */
    private static final Set<String> IGNORED = Set.of("present", "reserved", "available");

    private final Map<String, Integer> places = new HashMap<>();

    Columns(SheetRow header) {
        var problems = new ArrayList<FieldProblem>();
        for (int place = 0; place < header.cells().size(); place++) {
            var cell = header.cell(place);
            var name = cell == null ? "" : cell.strip();
            if (READ.contains(name) && places.put(name, place) != null) {
                problems.add(new FieldProblem(name, "must not head two columns"));
            } else if (!READ.contains(name) && !IGNORED.contains(name)) {
                problems.add(new FieldProblem(
                        "header", "must be of sku, name, ean, type, parts, count; column " + (place + 1) + " is not"));
            }
        }
        if (!places.containsKey("sku")) {
            problems.add(new FieldProblem("header", "must have a column sku"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidField(List.copyOf(problems));
        }
    }

    /** A place that no row has, where there is no such column. */
    int of(String name) {
        return places.getOrDefault(name, Integer.MAX_VALUE);
    }
}
