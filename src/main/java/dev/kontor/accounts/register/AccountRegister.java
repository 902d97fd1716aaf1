package dev.kontor.accounts.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.NotFound;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Seller;

/** The accounts as rows. A change is made to what {@link #lock} gave, in the same transaction. */
@Repository
public class AccountRegister {

    private final JdbcClient jdbc;

    AccountRegister(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Account> find(AccountId id) {
        return jdbc.sql("select * from accounts.accounts where id = :id")
                .param("id", id.value())
                .query(AccountRegister::account)
                .optional();
    }

    public Account get(AccountId id) {
        return find(id).orElseThrow(() -> NotFound.of("account", id));
    }

    /** Keeps everybody else from changing the account until the transaction ends. */
    public Account lock(AccountId id) {
        return jdbc.sql("select * from accounts.accounts where id = :id for update")
                .param("id", id.value())
                .query(AccountRegister::account)
                .optional()
                .orElseThrow(() -> NotFound.of("account", id));
    }

    /** False when the request key has made an account already. */
    public boolean add(Account account, @Nullable RequestKey key) {
        return jdbc.sql("""
                        insert into accounts.accounts
                          (id, name, marketplace, owner_id, state, created_at, changed_at, version, request_key, request_hash)
                        values (:id, :name, :marketplace, :owner, :state, :created, :changed, 0, :key, :hash)
                        on conflict on constraint one_account_per_request do nothing""")
                        .param("id", account.id().value())
                        .param("name", account.name())
                        .param("marketplace", account.marketplace().value())
                        .param("owner", account.owner())
                        .param("state", account.state().name())
                        .param("created", SqlTime.of(account.createdAt()))
                        .param("changed", SqlTime.of(account.changedAt()))
                        .param("key", key == null ? null : key.key())
                        .param("hash", key == null ? null : key.hash())
                        .update()
                == 1;
    }

    public void save(Account account) {
        var seller = account.seller();
        var saved = jdbc.sql("""
                        update accounts.accounts set name = :name, state = :state, reason = :reason,
                          seller_id = :seller, seller_login = :login, connected_at = :connected, changed_at = :changed,
                          version = version + 1
                        where id = :id and version = :version""")
                .param("name", account.name())
                .param("state", account.state().name())
                .param("reason", account.reason())
                .param("seller", seller == null ? null : seller.id())
                .param("login", seller == null ? null : seller.login())
                .param("connected", SqlTime.of(account.connectedAt()))
                .param("changed", SqlTime.of(account.changedAt()))
                .param("id", account.id().value())
                .param("version", account.version())
                .update();
        if (saved != 1) {
            throw new IllegalStateException("the account " + account.id() + " was changed without its lock");
        }
    }

    public Optional<RequestKey.Use> findRequest(String key) {
        return jdbc.sql("select id, request_hash from accounts.accounts where request_key = :key")
                .param("key", key)
                .query((row, number) -> new RequestKey.Use(
                        new AccountId(row.getObject("id", UUID.class)),
                        new RequestKey(key, row.getBytes("request_hash"))))
                .optional();
    }

    public Optional<Account> ownerOf(MarketplaceCode marketplace, Seller seller) {
        return jdbc.sql("select * from accounts.accounts where marketplace = :marketplace and seller_id = :seller")
                .param("marketplace", marketplace.value())
                .param("seller", seller.id())
                .query(AccountRegister::account)
                .optional();
    }

    /** Oldest first, from behind the place that the two name. */
    public List<Account> page(Instant createdAt, UUID id, int limit) {
        return jdbc.sql("""
                        select * from accounts.accounts where (created_at, id) > (:created, :id)
                        order by created_at, id limit :limit""")
                .param("created", SqlTime.of(createdAt))
                .param("id", id)
                .param("limit", limit)
                .query(AccountRegister::account)
                .list();
    }

    List<Account> in(AccountState state) {
        return jdbc.sql("select * from accounts.accounts where state = :state order by created_at, id")
                .param("state", state.name())
                .query(AccountRegister::account)
                .list();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        var seller = row.getString("seller_id");
        return new Account(
                new AccountId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new MarketplaceCode(row.getString("marketplace")),
                row.getObject("owner_id", UUID.class),
                AccountState.valueOf(row.getString("state")),
                row.getString("reason"),
                seller == null ? null : new Seller(seller, row.getString("seller_login")),
                SqlTime.required(row, "created_at"),
                SqlTime.nullable(row, "connected_at"),
                SqlTime.required(row, "changed_at"),
                row.getLong("version"));
    }
}
