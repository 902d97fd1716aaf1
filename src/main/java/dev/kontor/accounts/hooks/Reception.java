package dev.kontor.accounts.hooks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.micrometer.core.instrument.MeterRegistry;

import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Reading;
import dev.kontor.marketplaces.Push.Subject;
import dev.kontor.marketplaces.Seller;

/**
 * Takes in what somebody says a marketplace tells. Accounts are looked at only after a request has proven to be the
 * marketplace's own, so that nobody else learns which there are.
 */
@Component
public class Reception {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private final Marketplaces marketplaces;
    private final AccountRegister register;
    private final Deliveries deliveries;
    private final Announcement announcement;
    private final HookProperties properties;
    private final TransactionOperations transaction;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Complaints complaints = new Complaints();

    Reception(
            Marketplaces marketplaces,
            AccountRegister register,
            Deliveries deliveries,
            Announcement announcement,
            HookProperties properties,
            TransactionOperations transaction,
            MeterRegistry meters,
            Clock clock) {
        this.marketplaces = marketplaces;
        this.register = register;
        this.deliveries = deliveries;
        this.announcement = announcement;
        this.properties = properties;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * @param account that the address names; null where the request tells by itself whose it is
     * @return whether it is kept, or was before; why not is for nobody who asks
     */
    public boolean receive(
            String marketplace, @Nullable String account, Map<String, List<String>> headers, byte[] body) {
        var known = find(marketplace);
        var push = known.flatMap(Marketplace::push);
        if (known.isEmpty() || push.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        return switch (push.get().read(new Push.Request(headers, body, now))) {
            case Reading.Refused(var cause, var reason) -> refuse(known.get().code(), cause.name(), reason);
            case Reading.Genuine(var seller, var hints) -> {
                var code = known.get().code();
                var owner = register.ownerOf(code, new Seller(seller, ""))
                        .filter(it -> account == null || it.id().toString().equals(account));
                yield owner.isPresent()
                        ? keep(owner.get(), hints, now)
                        : refuse(code, "SELLER", "the seller is not connected, or not by the account of the address");
            }
        };
    }

    private Optional<Marketplace> find(String name) {
        return marketplaces.all().stream()
                .filter(marketplace -> marketplace.code().value().equals(name))
                .findFirst();
    }

    private boolean keep(Account account, List<Hint> hints, Instant now) {
        var timely = hints.stream()
                .filter(hint -> properties.covers(hint.occurredAt(), now))
                .toList();
        if (timely.isEmpty() && !hints.isEmpty()) {
            return refuse(
                    account.marketplace(), Push.Cause.AGE.name(), "it tells of what is long past, or far from now");
        }
        transaction.executeWithoutResult(status -> timely.forEach(hint -> keep(account, hint, now)));
        return true;
    }

    private void keep(Account account, Hint hint, Instant now) {
        var delivery = judged(Delivery.received(account.id(), hint, now), account);
        var added = deliveries.add(delivery);
        if (added && delivery.state() == Delivery.State.RECEIVED) {
            announcement.announce(delivery);
        }
        count(account.marketplace(), added ? delivery.state().name() : "REPEATED");
    }

    private Delivery judged(Delivery delivery, Account account) {
        var hint = delivery.hint();
        if (account.state() != AccountState.ACTIVE) {
            return delivery.dropped("the account is " + account.state());
        }
        if (hint.subject() == Subject.OTHER) {
            return delivery.dropped("nothing that Kontor acts on");
        }
        return hint.sequence() != null
                        && (hint.subject() == Subject.ORDER || hint.subject() == Subject.STOCK)
                        && deliveries.overtaken(account.id(), hint.sequence())
                ? delivery.dropped("a later change was told before")
                : delivery;
    }

    private boolean refuse(MarketplaceCode marketplace, String cause, String reason) {
        count(marketplace, "REFUSED_" + cause);
        if (complaints.isDue(marketplace + " " + cause, clock.instant())) {
            log.warn("Something that is said to come from {} is refused: {}", marketplace, reason);
        }
        return false;
    }

    private void count(MarketplaceCode marketplace, String outcome) {
        meters.counter("kontor.hooks", "marketplace", marketplace.value(), "outcome", outcome)
                .increment();
    }
}
