package dev.kontor.notifications.telegram;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountOverview;
import dev.kontor.accounts.AccountOverview.Standing;
import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.api.TableFiles;
import dev.kontor.orders.OrderDesk;
import dev.kontor.orders.OrderDesk.Figures;
import dev.kontor.orders.OrderView;

/** Sends the orders of some days as a file, a row per line of an order and without buyers. */
@WithBot
class ExportSteps implements Step.Source {

    private static final int DAYS = 30;
    private static final int MOST_DAYS = 366;

    /** A few megabytes; who wants more has the interface. */
    private static final long MOST_ORDERS = 20_000;

    private final OrderDesk orders;
    private final AccountOverview accounts;
    private final TableFiles files;
    private final Clock clock;

    ExportSteps(OrderDesk orders, AccountOverview accounts, TableFiles files, Clock clock) {
        this.orders = orders;
        this.accounts = accounts;
        this.files = files;
        this.clock = clock;
    }

    private record Row(OrderView order, OrderView.Line line) {}

    @Override
    public List<Step> steps() {
        return List.of(Step.looking("/export", this::export));
    }

    private List<Reply> export(Request request) {
        var talk = request.talk();
        int days = request.words().isEmpty() ? DAYS : days(request.words());
        if (days == 0) {
            return List.of(new Reply.Say(talk.say("export.usage", MOST_DAYS)));
        }
        var now = clock.instant();
        var from = now.minus(Duration.ofDays(days));
        long found = orders.placed(from, now).values().stream()
                .mapToLong(Figures::placed)
                .sum();
        if (found == 0) {
            return List.of(new Reply.Say(talk.say("export.none", days)));
        }
        if (found > MOST_ORDERS) {
            return List.of(new Reply.Say(talk.say("export.many", found, MOST_ORDERS)));
        }
        var day = LocalDate.ofInstant(now, talk.zone());
        return List.of(new Reply.Attach(
                "orders-" + day.minusDays(days) + "-" + day + ".csv",
                talk.plain("export.done", found),
                csv(from, now)));
    }

    private static int days(String words) {
        if (!words.matches("[0-9]{1,4}")) {
            return 0;
        }
        int days = Integer.parseInt(words);
        return days > MOST_DAYS ? 0 : days;
    }

    private byte[] csv(Instant from, Instant to) {
        var names = accounts.all().stream().collect(Collectors.toMap(Standing::id, Standing::name, (one, _) -> one));
        var out = new ByteArrayOutputStream();
        files.csv(
                new Table<>(
                        "orders",
                        columns(names),
                        writer -> orders.each(
                                from, to, order -> order.lines().forEach(line -> writer.accept(new Row(order, line))))),
                out);
        return out.toByteArray();
    }

    private static List<Column<Row>> columns(Map<AccountId, String> names) {
        return List.of(
                text("number", row -> row.order().number()),
                text(
                        "account",
                        row -> names.getOrDefault(
                                row.order().account(), row.order().account().toString())),
                text("status", row -> row.order().status().name()),
                new Column<>("placedAt", row -> Cell.of(row.order().placedAt())),
                new Column<>(
                        "total",
                        row -> Cell.of(new BigDecimal(row.order().total().amount()))),
                text("currency", row -> row.order().total().currency()),
                new Column<>("sku", row -> Cell.of(row.line().sku())),
                text("name", row -> row.line().name()),
                new Column<>("quantity", row -> Cell.of(row.line().quantity())));
    }

    private static Column<Row> text(String name, Function<Row, String> value) {
        return new Column<>(name, row -> Cell.of(value.apply(row)));
    }
}
