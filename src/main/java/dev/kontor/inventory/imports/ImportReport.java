package dev.kontor.inventory.imports;

import java.util.List;

import dev.kontor.api.FieldProblem;

/**
 * What became of a spreadsheet's rows.
 *
 * @param counted how many counts were written; those that came to what was known are not
 * @param refused a row with several faults is told of several times
 */
public record ImportReport(int rows, int added, int changed, int unchanged, int counted, List<Refused> refused) {

    public ImportReport {
        refused = List.copyOf(refused);
    }

    /** @param line where the row begins in the file, from 1 */
    public record Refused(int line, String field, String reason) {

        static Refused of(int line, FieldProblem problem) {
            return new Refused(line, problem.field(), problem.message());
        }
    }
}
