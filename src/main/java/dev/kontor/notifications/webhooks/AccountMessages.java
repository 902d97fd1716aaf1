package dev.kontor.notifications.webhooks;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.webhooks.Payload.Account;

/** Whether accounts are active. */
@Component
class AccountMessages {

    private final Outbox outbox;

    AccountMessages(Outbox outbox) {
        this.outbox = outbox;
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(AccountActivated event) {
        var data = new Account(event.account().value(), event.marketplace().value(), null);
        outbox.put(News.of(MessageType.ACCOUNT_ACTIVATED, subject(event.account()), event.at(), data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(AccountDeactivated event) {
        var data = new Account(event.account().value(), null, event.reason());
        outbox.put(News.of(MessageType.ACCOUNT_DEACTIVATED, subject(event.account()), event.at(), data));
    }

    private static String subject(AccountId account) {
        return "account " + account;
    }
}
