package dev.kontor.inventory.reservations;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.orders.OrderId;

import static java.time.ZoneOffset.UTC;

/** Lines of which nobody knows what they sell. They move nothing until their listing is linked. */
@Repository
public class UnmatchedLines {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;

    UnmatchedLines(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public record UnmatchedLine(
            AccountId account, String line, OrderId order, ListingId listing, long quantity, Instant seenAt) {}

    /** Where a page ended. */
    public record Position(UUID account, String line) {

        public static Position of(UnmatchedLine line) {
            return new Position(line.account().value(), line.line());
        }
    }

    public List<UnmatchedLine> list(@Nullable AccountId account, @Nullable Position after, int limit) {
        return jdbc.query(
                """
                select * from inventory.unmatched_lines
                where (?::uuid is null or account = ?::uuid) and (account, line) > (?, ?)
                order by account, line limit ?""",
                (row, number) -> new UnmatchedLine(
                        new AccountId(row.getObject("account", UUID.class)),
                        row.getString("line"),
                        new OrderId(row.getObject("order_id", UUID.class)),
                        new ListingId(row.getObject("listing", UUID.class)),
                        row.getLong("quantity"),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()),
                account == null ? null : account.value(),
                account == null ? null : account.value(),
                after == null ? new UUID(0, 0) : after.account(),
                after == null ? "" : after.line(),
                limit);
    }

    Set<OrderId> ordersOf(Collection<ListingId> listings) {
        return new HashSet<>(jdbc.query(
                "select distinct order_id from inventory.unmatched_lines where listing = any(?)",
                (row, number) -> new OrderId(row.getObject("order_id", UUID.class)),
                (Object) listings.stream().map(ListingId::value).toArray(UUID[]::new)));
    }

    Set<String> linesOf(AccountId account, Collection<OrderId> orders) {
        return new HashSet<>(jdbc.query(
                "select line from inventory.unmatched_lines where account = ? and order_id = any(?)",
                (row, number) -> row.getString("line"),
                account.value(),
                orders.stream().map(OrderId::value).toArray(UUID[]::new)));
    }

    /** Of all these lines only those that are given are unmatched. */
    void replace(AccountId account, Collection<String> lines, List<UnmatchedLine> unmatched) {
        var still = new HashSet<>(unmatched.stream().map(UnmatchedLine::line).toList());
        jdbc.update(
                "delete from inventory.unmatched_lines where account = ? and line = any(?)",
                account.value(),
                lines.stream().filter(line -> !still.contains(line)).toArray(String[]::new));
        jdbc.batchUpdate("""
                insert into inventory.unmatched_lines (account, line, order_id, listing, quantity, seen_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (account, line) do update set order_id = excluded.order_id, listing = excluded.listing,
                  quantity = excluded.quantity""", unmatched, BATCH, (statement, line) -> {
            statement.setObject(1, account.value());
            statement.setString(2, line.line());
            statement.setObject(3, line.order().value());
            statement.setObject(4, line.listing().value());
            statement.setLong(5, line.quantity());
            statement.setObject(6, line.seenAt().atOffset(UTC));
        });
    }
}
