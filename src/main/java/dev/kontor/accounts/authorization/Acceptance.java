package dev.kontor.accounts.authorization;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountRuns;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Seller;

/** Learns who granted a permission and, where he is the right one, takes it into use. */
@Component
class Acceptance {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final Activation activation;
    private final Marketplaces marketplaces;
    private final TransactionOperations transaction;
    private final AccountRuns runs;
    private final Clock clock;
    private final AuditLog audit;

    Acceptance(
            AccountRegister register,
            PendingAuthorizations authorizations,
            Activation activation,
            Marketplaces marketplaces,
            TransactionOperations transaction,
            AccountRuns runs,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.authorizations = authorizations;
        this.activation = activation;
        this.marketplaces = marketplaces;
        this.transaction = transaction;
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
                var after = account.notConfirmed(outcome, sentence, clock.instant());
                register.save(after);
                audit.record(Act.of("account.not-confirmed", "account", account.id())
                        .field("state", account.state(), after.state())
                        .field("outcome", outcome));
                runs.failed(account.id(), Activation.KIND, pending.startedAt(), sentence);
            }
        });
    }

    private void confirmed(PendingAuthorization pending, Credentials granted, Seller seller) {
        try {
            transaction.executeWithoutResult(status -> take(pending, granted, seller));
        } catch (DuplicateKeyException e) { // the same seller confirmed for another account at the same time
            refuse(
                    pending,
                    activation
                            .objection(register.get(pending.account()), seller)
                            .orElseThrow(() -> e));
        }
    }

    private void take(PendingAuthorization pending, Credentials granted, Seller seller) {
        var account = register.lock(pending.account());
        var objection = activation.objection(account, seller);
        if (objection.isPresent()) {
            refuse(pending, objection.get());
        } else if (authorizations.remove(pending)) {
            activation.activate(account, seller, Authorization.Kind.DEVICE_CODE, granted, pending.startedAt());
        }
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
}
