package dev.kontor.privacy.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    void keep(UUID account, @Nullable Integer days) {
        add(account);
        jdbc.update("update privacy.accounts set keep_days = ? where account = ?", days, account);
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
