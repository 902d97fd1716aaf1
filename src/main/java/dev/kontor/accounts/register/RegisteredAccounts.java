package dev.kontor.accounts.register;

import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;

@Component
class RegisteredAccounts implements Accounts {

    private final AccountRegister register;

    RegisteredAccounts(AccountRegister register) {
        this.register = register;
    }

    @Override
    public Optional<AccountView> find(AccountId account) {
        return register.find(account).map(RegisteredAccounts::view);
    }

    @Override
    public List<AccountView> active() {
        return register.in(AccountState.ACTIVE).stream()
                .map(RegisteredAccounts::view)
                .toList();
    }

    private static AccountView view(Account account) {
        var connectedAt = account.connectedAt();
        return new AccountView(
                account.id(),
                account.name(),
                account.marketplace(),
                account.state() == AccountState.ACTIVE,
                connectedAt == null ? account.createdAt() : connectedAt);
    }
}
