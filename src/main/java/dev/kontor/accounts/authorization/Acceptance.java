package dev.kontor.accounts.authorization;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountRuns;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Seller;

/** Learns who granted a permission and, where he is the right one, takes it into use. */
@Component
class Acceptance {

    private static final String KIND = "authorization";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final Safekeeping safekeeping;
    private final Marketplaces marketplaces;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final AccountRuns runs;
    private final Clock clock;

    Acceptance(
            AccountRegister register,
            PendingAuthorizations authorizations,
            Safekeeping safekeeping,
            Marketplaces marketplaces,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            AccountRuns runs,
            Clock clock) {
        this.register = register;
        this.authorizations = authorizations;
        this.safekeeping = safekeeping;
        this.marketplaces = marketplaces;
        this.transaction = transaction;
        this.events = events;
        this.runs = runs;
        this.clock = clock;
    }

    void complete(PendingAuthorization pending, Credentials granted) {
        var account = pending.account();
        var marketplace = marketplaces.get(register.get(account).marketplace());
        var answer = marketplace.seller(new Connection(account.value(), granted, Lane.LIVE_ORDERS));
        var soon = clock.instant().plus(RETRY);
        switch (answer) {
            case Answer.Ok<Seller>(var seller) -> confirmed(pending, granted, seller);
            case Answer.Throttled<Seller>(var until) -> askAgain(pending, granted, until, answer.failure());
            case Answer.Unavailable<Seller> ignored -> askAgain(pending, granted, soon, answer.failure());
            case Answer.Malformed<Seller> ignored -> askAgain(pending, granted, soon, answer.failure());
            case Answer.Unauthorized<Seller>(var reason) -> unusable(pending, reason);
            case Answer.Rejected<Seller>(var code, var reason) -> unusable(pending, reason);
        }
    }

    void fail(PendingAuthorization pending, AccountState outcome, String sentence) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(pending.account());
            if (authorizations.remove(pending)) {
                register.save(account.notConfirmed(outcome, sentence, clock.instant()));
                runs.failed(account.id(), KIND, pending.startedAt(), sentence);
            }
        });
    }

    private void confirmed(PendingAuthorization pending, Credentials granted, Seller seller) {
        try {
            transaction.executeWithoutResult(status -> take(pending, granted, seller));
        } catch (DuplicateKeyException e) { // the same seller confirmed for another account at the same time
            var account = register.get(pending.account());
            refuse(
                    pending,
                    takenSentence(
                            register.ownerOf(account.marketplace(), seller).orElseThrow(() -> e), seller));
        }
    }

    private void take(PendingAuthorization pending, Credentials granted, Seller seller) {
        var account = register.lock(pending.account());
        var other = register.ownerOf(account.marketplace(), seller)
                .filter(found -> !found.id().equals(account.id()));
        if (account.belongsToAnotherThan(seller)) {
            refuse(pending, otherSellerSentence(account, seller));
        } else if (other.isPresent()) {
            refuse(pending, takenSentence(other.get(), seller));
        } else if (authorizations.remove(pending)) {
            activate(account.confirmedBy(seller, clock.instant()), pending, granted);
        }
    }

    private void activate(Account account, PendingAuthorization pending, Credentials granted) {
        register.save(account);
        safekeeping.keep(account.id(), granted);
        if (account.state() == AccountState.ACTIVE) {
            events.publishEvent(new AccountActivated(account.id(), account.marketplace(), account.changedAt()));
        }
        runs.succeeded(account.id(), KIND, pending.startedAt());
    }

    private void askAgain(PendingAuthorization pending, Credentials granted, Instant at, String why) {
        var expiresAt = granted.expiresAt();
        if (expiresAt != null && at.isAfter(expiresAt)) {
            fail(
                    pending,
                    AccountState.EXPIRED,
                    "The marketplace did not say in time who confirmed: the seller must confirm again.");
        } else {
            transaction.executeWithoutResult(status -> waitFor(pending.pollingAt(at), why));
        }
    }

    private void waitFor(PendingAuthorization pending, String why) {
        var account = register.lock(pending.account());
        if (authorizations.save(pending)) {
            var remark = "The seller confirmed, but the marketplace does not say yet who he is (" + why + ").";
            register.save(account.remarked(remark, clock.instant()));
        }
    }

    private void unusable(PendingAuthorization pending, String reason) {
        refuse(pending, "The marketplace does not accept the permission that it gave (" + reason + ").");
    }

    private void refuse(PendingAuthorization pending, String sentence) {
        fail(pending, AccountState.REFUSED, sentence);
    }

    private static String otherSellerSentence(Account account, Seller seller) {
        var known = account.seller();
        return "The seller %s confirmed, but the account belongs to %s; nothing was changed."
                .formatted(seller.login(), known == null ? "another one" : known.login());
    }

    private static String takenSentence(Account other, Seller seller) {
        return "The seller %s is connected already by the account \"%s\" (%s); reauthorize that one instead."
                .formatted(seller.login(), other.name(), other.id());
    }
}
