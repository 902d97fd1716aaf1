package dev.kontor.privacy.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/** The accounts that the vault knows. */
@Repository
class Shelves {

    private final JdbcTemplate jdbc;

    Shelves(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The shelves of the accounts that were asked for. */
    record Used(Map<UUID, Shelf> shelves) {

        Shelf of(UUID account) {
            return Objects.requireNonNull(shelves.get(account));
        }
    }

    /** Until the transaction ends no day of these accounts is closed: a buyer put there now keeps his place. */
    Used use(Collection<UUID> accounts) {
        var known = locked(accounts);
        if (known.size() < accounts.size()) {
            accounts.stream().sorted().forEach(this::add);
            known = locked(accounts);
        }
        return new Used(known);
    }

    /** @param demanded by the marketplace, as {@code days} may be another number */
    void keep(UUID account, String marketplace, @Nullable Integer demanded, @Nullable Integer days) {
        add(account);
        jdbc.update(
                "update privacy.accounts set marketplace = ?, declared_days = ?, keep_days = ? where account = ?",
                marketplace,
                demanded,
                days,
                account);
    }

    /** @param ordered null for what each account's marketplace demanded */
    void keepAll(String marketplace, @Nullable Integer ordered) {
        jdbc.update("""
                update privacy.accounts set keep_days = coalesce(?, declared_days)
                where marketplace = ? and keep_days is distinct from coalesce(?, declared_days)""", ordered, marketplace, ordered);
    }

    List<String> marketplaces() {
        return jdbc.query(
                "select distinct marketplace from privacy.accounts where marketplace is not null",
                (row, _) -> row.getString("marketplace"));
    }

    void forgotten(UUID account, Instant at) {
        jdbc.update("update privacy.accounts set forgotten_at = ? where account = ?", at.atOffset(UTC), account);
    }

    /** Whether it is time to tell, which one instance finds. */
    boolean tellOverdue(UUID account, Instant now, Instant toldBefore) {
        return jdbc.update("""
                        update privacy.accounts set overdue_told_at = ?
                        where account = ? and (overdue_told_at is null or overdue_told_at <= ?)""", now.atOffset(UTC), account, toldBefore.atOffset(UTC)) == 1;
    }

    List<Shelf> forgetful() {
        return jdbc.query(
                "select account, number, keep_days, closed_before from privacy.accounts where keep_days is not null"
                        + " order by number",
                Shelves::shelf);
    }

    List<Shelf> withClosedDays() {
        return jdbc.query(
                "select account, number, keep_days, closed_before from privacy.accounts where closed_before > 0",
                Shelves::shelf);
    }

    /** Waits for everybody who is using the account. */
    void close(UUID account, int before) {
        jdbc.update(
                "update privacy.accounts set closed_before = ? where account = ? and closed_before < ?",
                before,
                account,
                before);
    }

    private void add(UUID account) {
        // looked up first: what is on conflict with would still draw a number, and there are 32 768
        jdbc.update(
                "insert into privacy.accounts (account) select ? where not exists"
                        + " (select from privacy.accounts where account = ?) on conflict do nothing",
                account,
                account);
    }

    private Map<UUID, Shelf> locked(Collection<UUID> accounts) {
        return jdbc
                .query(
                        "select account, number, keep_days, closed_before from privacy.accounts"
                                + " where account = any(?) order by account for share",
                        statement -> statement.setArray(
                                1, statement.getConnection().createArrayOf("uuid", accounts.toArray())),
                        Shelves::shelf)
                .stream()
                .collect(Collectors.toMap(Shelf::account, Function.identity()));
    }

    private static Shelf shelf(ResultSet row, int index) throws SQLException {
        return new Shelf(
                row.getObject("account", UUID.class),
                row.getInt("number"),
                row.getObject("keep_days", Integer.class),
                row.getInt("closed_before"));
    }
}
