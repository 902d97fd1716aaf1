package dev.kontor.accounts.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountOverview;

@Component
class RegisteredOverview implements AccountOverview {

    private static final int PAGE = 500;

    private final AccountRegister register;

    RegisteredOverview(AccountRegister register) {
        this.register = register;
    }

    @Override
    public List<Standing> all() {
        var all = new ArrayList<Standing>();
        var at = Instant.EPOCH;
        var last = new UUID(0, 0);
        List<Account> page;
        do {
            page = register.page(at, last, PAGE);
            page.stream()
                    .filter(account -> account.state() != AccountState.DISCONNECTED)
                    .forEach(account ->
                            all.add(new Standing(account.id(), account.name(), account.marketplace(), state(account))));
            if (!page.isEmpty()) {
                at = page.getLast().createdAt();
                last = page.getLast().id().value();
            }
        } while (page.size() == PAGE);
        return all;
    }

    private static State state(Account account) {
        return switch (account.state()) {
            case AUTHORIZING -> State.AUTHORIZING;
            case ACTIVE -> State.ACTIVE;
            case PAUSED -> State.PAUSED;
            case REFUSED, EXPIRED, DEACTIVATED, DISCONNECTED -> State.REFUSED;
        };
    }
}
