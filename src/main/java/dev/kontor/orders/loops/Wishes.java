package dev.kontor.orders.loops;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;

/** Turns that were asked for while one was under way. Each turn fulfils what was wished before it began. */
@Repository
class Wishes {

    private final JdbcClient jdbc;

    Wishes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(AccountId account, Loop.Kind kind) {
        jdbc.sql("insert into orders.loop_wishes (account, kind) values (?, ?) on conflict do nothing")
                .params(account.value(), kind.name())
                .update();
    }

    /** Whether there was one. */
    boolean take(AccountId account, Loop.Kind kind) {
        return jdbc.sql("delete from orders.loop_wishes where account = ? and kind = ?")
                        .params(account.value(), kind.name())
                        .update()
                > 0;
    }

    List<String> of(AccountId account) {
        return jdbc.sql("select kind from orders.loop_wishes where account = ?")
                .param(account.value())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
