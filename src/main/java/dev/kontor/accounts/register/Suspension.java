package dev.kontor.accounts.register;

import java.time.Clock;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** Stops an account's loops at its owner's wish, and lets them run again. Asking twice changes nothing. */
@Component
public class Suspension {

    private final AccountRegister register;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final AuditLog audit;

    Suspension(
            AccountRegister register,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    public void pause(AccountId id) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(id);
            switch (account.state()) {
                case PAUSED -> {}
                case ACTIVE -> pause(account);
                case AUTHORIZING, REFUSED, EXPIRED, DEACTIVATED, DISCONNECTED ->
                    throw new Conflict(
                            "account-not-active",
                            "Only an active account can be paused; this one is " + account.state() + ".");
            }
        });
    }

    public void resume(AccountId id) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(id);
            switch (account.state()) {
                case ACTIVE -> {}
                case PAUSED -> resume(account);
                case AUTHORIZING, REFUSED, EXPIRED, DEACTIVATED, DISCONNECTED ->
                    throw new Conflict(
                            "account-not-paused",
                            "Only a paused account can be resumed; this one is " + account.state()
                                    + " and needs the seller's confirmation: reauthorize it.");
            }
        });
    }

    private void pause(Account account) {
        var now = clock.instant();
        register.save(account.in(AccountState.PAUSED, "Paused by its owner.", now));
        events.publishEvent(new AccountDeactivated(account.id(), Reason.PAUSED, now));
        audit.record(
                Act.of("account.paused", "account", account.id()).field("state", account.state(), AccountState.PAUSED));
    }

    private void resume(Account account) {
        var now = clock.instant();
        register.save(account.in(AccountState.ACTIVE, null, now));
        events.publishEvent(new AccountActivated(account.id(), account.marketplace(), now));
        audit.record(Act.of("account.resumed", "account", account.id())
                .field("state", account.state(), AccountState.ACTIVE));
    }
}
