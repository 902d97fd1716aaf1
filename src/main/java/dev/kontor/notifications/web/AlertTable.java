package dev.kontor.notifications.web;

import java.util.List;
import java.util.function.Consumer;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.texts.Speech;

/** Alerts as a table. */
final class AlertTable {

    private AlertTable() {}

    static Table<Alert> of(Speech speech, Consumer<Consumer<Alert>> alerts) {
        return new Table<>("alerts", columns(speech), writer -> alerts.accept(writer::accept));
    }

    private static List<Column<Alert>> columns(Speech speech) {
        return List.of(
                new Column<>("id", row -> Cell.of(row.id().toString())),
                new Column<>("kind", row -> Cell.of(row.kind().name())),
                new Column<>("severity", row -> Cell.of(row.severity().name())),
                new Column<>("state", row -> Cell.of(row.state().name())),
                new Column<>("title", row -> Cell.of(speech.title(row))),
                new Column<>("subjectType", row -> Cell.of(row.subject().type().name())),
                new Column<>("subject", row -> Cell.of(row.subject().id())),
                new Column<>("account", row -> {
                    var account = row.subject().account();
                    return Cell.of(account == null ? null : account.toString());
                }),
                new Column<>("firstSeenAt", row -> Cell.of(row.firstSeenAt())),
                new Column<>("lastSeenAt", row -> Cell.of(row.lastSeenAt())),
                new Column<>("count", row -> Cell.of(row.count())),
                new Column<>("level", row -> Cell.of((long) row.level())),
                new Column<>("handledBy", row -> Cell.of(row.handledBy())),
                new Column<>("resolvedAt", row -> Cell.of(row.resolvedAt())),
                new Column<>("resolvedBy", row -> Cell.of(row.resolvedBy())));
    }
}
