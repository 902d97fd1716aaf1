package dev.kontor.accounts.authorization;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountRuns;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Seller;

/** Takes a permission into use, unless it is another seller's; every call joins a transaction with the account's lock. */
@Component
class Activation {

    static final String KIND = "authorization";

    private final AccountRegister register;
    private final Safekeeping safekeeping;
    private final ApplicationEventPublisher events;
    private final AccountRuns runs;
    private final Clock clock;
    private final AuditLog audit;

    Activation(
            AccountRegister register,
            Safekeeping safekeeping,
            ApplicationEventPublisher events,
            AccountRuns runs,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.safekeeping = safekeeping;
        this.events = events;
        this.runs = runs;
        this.clock = clock;
    }

    /** Why this seller's permission is of no use for the account, in a sentence. */
    Optional<String> objection(Account account, Seller seller) {
        if (account.belongsToAnotherThan(seller)) {
            return Optional.of(otherSellerSentence(account, seller));
        }
        return register.ownerOf(account.marketplace(), seller)
                .filter(found -> !found.id().equals(account.id()))
                .map(other -> takenSentence(other, seller));
    }

    void activate(Account account, Seller seller, Authorization.Kind kind, Credentials credentials, Instant startedAt) {
        var confirmed = account.confirmedBy(seller, clock.instant());
        register.save(confirmed);
        safekeeping.keep(account.id(), kind, credentials);
        if (confirmed.state() == AccountState.ACTIVE) {
            events.publishEvent(new AccountActivated(account.id(), account.marketplace(), confirmed.changedAt()));
        }
        runs.succeeded(account.id(), KIND, startedAt);
        audit.record(Act.of("account.connected", "account", account.id())
                .field("state", account.state(), confirmed.state())
                .field("authorization", kind)
                .hidden("credentials"));
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
