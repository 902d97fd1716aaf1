package dev.kontor.accounts.authorization;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.CommittedEvents;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Enrolment;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.MarketplaceCode;

/** What tests of authorizations have in common: a shop that is new for every test, and wishes that read aloud. */
abstract class AuthorizationFixture {

    @Autowired
    Enrolment enrolment;

    @Autowired
    AuthorizationPoll poll;

    @Autowired
    Accounts accounts;

    @Autowired
    AccountRegister register;

    @Autowired
    PendingAuthorizations authorizations;

    @Autowired
    TestMarketplace marketplace;

    @Autowired
    SettableClock clock;

    @Autowired
    CommittedEvents events;

    FakeMarketplace shop;

    @BeforeEach
    void open() {
        shop = marketplace.open();
    }

    AccountId anActiveAccount() {
        var account = anAccountThatWaits();
        shop.sellerConfirms();
        poll.run(account);
        return account;
    }

    AccountId anAccountThatWaits() {
        return ((Outcome.Begun) enrolment.connect(aWish(null))).account();
    }

    static ConnectAccount aWish(String key) {
        return new ConnectAccount("Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), key);
    }

    List<Account> allAccounts() {
        return register.page(Instant.EPOCH, new UUID(0, 0), 1000);
    }

    Account stored(AccountId account) {
        return register.get(account);
    }
}
