package dev.kontor.accounts.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.authorization.OpenConfirmations;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;

/** Puts together what is shown of accounts. */
@Component
class AccountReading {

    private record Position(Instant createdAt, UUID id) {
        private static final Position START = new Position(Instant.EPOCH, new UUID(0, 0));
    }

    private final AccountRegister register;
    private final OpenConfirmations confirmations;
    private final Safekeeping safekeeping;

    AccountReading(AccountRegister register, OpenConfirmations confirmations, Safekeeping safekeeping) {
        this.register = register;
        this.confirmations = confirmations;
        this.safekeeping = safekeeping;
    }

    AccountResource one(AccountId id) {
        return shown(List.of(register.get(id))).getFirst();
    }

    Page<AccountResource> page(PageQuery query) {
        var after = query.after(Position.class).orElse(Position.START);
        var found = register.page(after.createdAt(), after.id(), query.limit() + 1);
        var page = Page.cut(
                found,
                query,
                account -> new Position(account.createdAt(), account.id().value()));
        return new Page<>(shown(page.items()), page.next());
    }

    private List<AccountResource> shown(List<Account> accounts) {
        var ids = accounts.stream().map(Account::id).toList();
        var awaited = confirmations.of(ids);
        var times = safekeeping.times(ids);
        return accounts.stream()
                .map(account -> AccountResource.of(account, awaited.get(account.id()), times.get(account.id())))
                .toList();
    }
}
