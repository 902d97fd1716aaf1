package dev.kontor.accounts.credentials;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AesGcmCipher;
import dev.kontor.accounts.CommittedEvents;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountLeases;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.Suspension;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Seller;

/** What tests of credentials have in common: a shop and an active account that are new for every test. */
abstract class CredentialsFixture {

    @Autowired
    Connections connections;

    @Autowired
    DueRenewal renewal;

    @Autowired
    CredentialStore store;

    @Autowired
    Safekeeping safekeeping;

    @Autowired
    AccountRegister register;

    @Autowired
    Suspension suspension;

    @Autowired
    AccountLeases leases;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    TestMarketplace marketplace;

    @Autowired
    AesGcmCipher cipher;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SettableClock clock;

    @Autowired
    CommittedEvents events;

    FakeMarketplace shop;
    AccountId account;

    @BeforeEach
    void connectAnAccount() {
        shop = marketplace.open();
        account = new AccountId(UUID.randomUUID());
        var now = clock.instant();
        var fresh = Account.fresh(account, "Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), now);
        register.add(fresh, null);
        transaction.executeWithoutResult(status -> {
            register.save(register.lock(account).confirmedBy(marketplace.seller(), now));
            safekeeping.keep(account, Authorization.Kind.DEVICE_CODE, shop.credentials());
        });
    }

    Answer<Seller> askForTheSeller() {
        return connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> called.seller(connection));
    }

    Credentials storedCredentials() {
        return store.open(account, store.find(account).orElseThrow()).credentials();
    }
}
