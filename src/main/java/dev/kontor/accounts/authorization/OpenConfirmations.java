package dev.kontor.accounts.authorization;

import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Enrolment.Confirmation;
import dev.kontor.accounts.register.SqlTime;

/** What sellers have yet to confirm, for showing it to them. */
@Component
public class OpenConfirmations {

    private final JdbcClient jdbc;

    OpenConfirmations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Map<AccountId, Confirmation> of(Collection<AccountId> accounts) {
        return jdbc
                .sql("""
                        select account_id, link, user_code, expires_at from accounts.authorizations
                        where account_id = any(:accounts)""")
                .param("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                .query((row, number) -> Map.entry(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        new Confirmation(
                                URI.create(row.getString("link")),
                                row.getString("user_code"),
                                SqlTime.required(row, "expires_at"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
