package dev.kontor.audit.web;

import java.util.List;
import java.util.function.Consumer;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.audit.entries.AuditEntry;

/** Entries as a table. */
final class AuditTable {

    private static final List<Column<AuditEntry>> COLUMNS = List.of(
            new Column<>("id", row -> Cell.of(row.id().toString())),
            new Column<>("at", row -> Cell.of(row.at())),
            new Column<>("actorKind", row -> Cell.of(row.actorKind())),
            new Column<>("actor", row -> Cell.of(row.actorId())),
            new Column<>("actorName", row -> Cell.of(row.actorName())),
            new Column<>("action", row -> Cell.of(row.action())),
            new Column<>("objectType", row -> Cell.of(row.objectType())),
            new Column<>("object", row -> Cell.of(row.objectId())),
            new Column<>("before", row -> Cell.of(row.before())),
            new Column<>("after", row -> Cell.of(row.after())),
            new Column<>("address", row -> Cell.of(row.address())),
            new Column<>("correlation", row -> Cell.of(row.correlation())));

    private AuditTable() {}

    static Table<AuditEntry> of(Consumer<Consumer<AuditEntry>> entries) {
        return new Table<>("audit", COLUMNS, writer -> entries.accept(writer::accept));
    }
}
