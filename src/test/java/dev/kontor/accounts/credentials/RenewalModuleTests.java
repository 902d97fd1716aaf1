package dev.kontor.accounts.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.AesGcmCipher;
import dev.kontor.accounts.CommittedEvents;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.MutableClock;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountLeases;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.accounts.register.Suspension;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Seller;
import dev.kontor.privacy.KeySetRotated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@AccountsModuleTest
class RenewalModuleTests {

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
    MutableClock clock;

    @Autowired
    CommittedEvents events;

    private FakeMarketplace shop;
    private AccountId account;

    @BeforeEach
    void connectAnAccount() {
        shop = marketplace.open();
        account = new AccountId(UUID.randomUUID());
        var now = clock.instant();
        var fresh = Account.fresh(account, "Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), now);
        register.add(fresh, null);
        transaction.executeWithoutResult(status -> {
            register.save(register.lock(account).confirmedBy(marketplace.seller(), now));
            safekeeping.keep(account, shop.credentials());
        });
    }

    @Test
    void lendsValidCredentialsToACall() {
        assertThat(askForTheSeller()).isEqualTo(new Answer.Ok<>(marketplace.seller()));
        assertThat(shop.calls(Operation.RENEW)).isZero();
    }

    @Test
    void renewsWhenFourFifthsOfTheLifeAreOver() {
        clock.advance(Duration.ofHours(9));
        renewal.run(account);
        assertThat(shop.calls(Operation.RENEW)).isZero();

        clock.advance(Duration.ofHours(1));
        renewal.run(account);

        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
        assertThat(events.runs(account)).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo("renewal");
            assertThat(run.status()).isEqualTo(Status.SUCCESS);
        });
        assertThat(safekeeping.times(List.of(account)).get(account).renewedAt()).isEqualTo(clock.instant());
        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void renewsOnceWhenTheMarketplaceRefusesTheCredentials() {
        shop.accessExpires();

        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);

        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
        assertThat(shop.calls(Operation.SELLER)).isEqualTo(2);
    }

    @Test
    void renewsBeforeTheCallWhenTheCredentialsHaveExpired() {
        clock.advance(Duration.ofHours(13));

        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);

        assertThat(shop.calls(Operation.SELLER)).isEqualTo(1);
    }

    @Test
    void storesTheNewPairBeforeItIsUsed() {
        shop.accessExpires();

        var answer = connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> {
            assertThat(storedCredentials()).isEqualTo(connection.credentials());
            return called.seller(connection);
        });

        assertThat(answer).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void makesOneRenewalOfManyCallsWithExpiredCredentials() throws Exception {
        shop.accessExpires();
        Callable<Answer<Seller>> call = this::askForTheSeller;
        try (var threads = Executors.newFixedThreadPool(24)) {
            var answers = threads.invokeAll(
                    IntStream.range(0, 24).mapToObj(each -> call).toList());
            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Answer.Ok.class);
            }
        }
        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
    }

    @Test
    void deactivatesTheAccountWhenTheRenewalIsRefused() {
        shop.sellerRevokes();

        assertThat(askForTheSeller()).isInstanceOf(Answer.Unauthorized.class);

        assertDeactivated();
        assertThat(askForTheSeller())
                .isInstanceOfSatisfying(
                        Answer.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("INACTIVE"));
        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
    }

    @Test
    void deactivatesTheAccountWhenFreshCredentialsAreRefusedToo() {
        shop.failNext(Operation.SELLER, new Answer.Unauthorized<>("no"));
        shop.failNext(Operation.SELLER, new Answer.Unauthorized<>("still no"));

        assertThat(askForTheSeller()).isEqualTo(new Answer.Unauthorized<>("still no"));

        assertThat(register.get(account).state()).isEqualTo(AccountState.DEACTIVATED);
        assertThat(events.deactivations(account)).hasSize(1);
    }

    @Test
    void presentsTheSameCredentialsAgainWithinTheGraceWhenTheAnswerWasLost() {
        clock.advance(Duration.ofHours(10));
        var once = new AtomicBoolean();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.RENEW && once.compareAndSet(false, true)) {
                shop.authorization().renew(account.value(), storedCredentials());
                shop.failNext(Operation.RENEW, new Answer.Unavailable<>("the answer was lost"));
            }
        });

        renewal.run(account);
        assertThat(register.get(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(store.find(account).orElseThrow().renewAt())
                .isEqualTo(clock.instant().plusSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        renewal.run(account);

        assertThat(events.runs(account)).extracting(RunFinished::status).containsExactly(Status.FAILED, Status.SUCCESS);
        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);
        assertThat(register.get(account).reason()).isNull();
    }

    @Test
    void waitsAsLongAsAThrottlingMarketplaceAsks() {
        clock.advance(Duration.ofHours(10));
        var until = clock.instant().plusSeconds(120);
        shop.failNext(Operation.RENEW, new Answer.Throttled<>(until));

        renewal.run(account);

        assertThat(store.find(account).orElseThrow().renewAt()).isEqualTo(until);
        assertThat(register.get(account).reason()).contains("throttled");
    }

    @Test
    void keepsTheAccountWhenTheMarketplaceIsDown() {
        shop.accessExpires();
        shop.failAlways(Operation.RENEW, new Answer.Unavailable<>("timeout"));

        assertThat(askForTheSeller()).isEqualTo(new Answer.Unavailable<>("timeout"));

        assertThat(register.get(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(events.runs(account))
                .singleElement()
                .satisfies(run -> assertThat(run.error()).contains("timeout"));
    }

    @Test
    void keepsThePairWhenKontorDiesBetweenTheAnswerAndItsCommit() {
        clock.advance(Duration.ofHours(10));
        var before = storedCredentials();
        events.failNext(RunFinished.class); // which undoes the commit of the new pair, as a crash does

        assertThatThrownBy(() -> renewal.run(account)).hasMessage("Kontor dies here");
        assertThat(storedCredentials()).isEqualTo(before);

        clock.advance(Duration.ofSeconds(30));
        renewal.run(account);

        assertThat(storedCredentials()).isNotEqualTo(before);
        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void takesOverFromAnInstanceThatDiedDuringARenewal() {
        clock.advance(Duration.ofHours(10));
        leases.take(account, "renewal", Duration.ofMillis(500)); // and never gives it back

        renewal.run(account);

        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void renewsAPausedAccountAndCallsItNot() {
        suspension.pause(account);
        clock.advance(Duration.ofHours(10));

        renewal.run(account);

        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
        assertThat(askForTheSeller()).isInstanceOf(Answer.Rejected.class);
        suspension.resume(account);
        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);
        assertThat(events.deactivations(account))
                .extracting(AccountDeactivated::reason)
                .containsExactly(Reason.PAUSED);
        assertThat(events.activations(account)).hasSize(1);
    }

    @Test
    void refusesToCallInsideATransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> askForTheSeller()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a transaction");
    }

    @Test
    void storesNoSecretInTheClear() {
        var secrets = storedCredentials().secrets().values();
        var tables = jdbc.sql("""
                        select table_name from information_schema.tables
                        where table_schema = 'accounts' and table_type = 'BASE TABLE'""").query(String.class).list();
        for (var table : tables) {
            assertThat(secrets).allSatisfy(secret -> assertThat(rows(table)).doesNotContain(secret, hex(secret)));
        }
        assertThat(rows("credentials")).contains(account.toString());
    }

    private String rows(String table) {
        return jdbc.sql("select coalesce(string_agg(t::text, ' '), '') from accounts." + table + " t")
                .query(String.class)
                .single();
    }

    private static String hex(String secret) {
        return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesCiphertextOfAnotherAccount() {
        var row = store.find(account).orElseThrow();

        assertThatThrownBy(() -> store.open(new AccountId(UUID.randomUUID()), row))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void encryptsAnewAfterARotation(@Autowired ApplicationEventPublisher publisher) {
        var before = storedCredentials();
        cipher.rotate();

        transaction.executeWithoutResult(status -> publisher.publishEvent(new KeySetRotated(clock.instant())));

        await().untilAsserted(() -> assertThat(
                        cipher.isOutdated(store.find(account).orElseThrow().encrypted()))
                .isFalse());
        assertThat(storedCredentials()).isEqualTo(before);
    }

    private void assertDeactivated() {
        assertThat(register.get(account).state()).isEqualTo(AccountState.DEACTIVATED);
        assertThat(register.get(account).reason()).contains("the seller must confirm again");
        assertThat(events.deactivations(account))
                .extracting(AccountDeactivated::reason)
                .containsExactly(Reason.REFUSED);
        assertThat(events.runs(account)).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo("renewal");
            assertThat(run.status()).isEqualTo(Status.FAILED);
        });
    }

    private Answer<Seller> askForTheSeller() {
        return connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> called.seller(connection));
    }

    private Credentials storedCredentials() {
        return store.open(account, store.find(account).orElseThrow()).credentials();
    }
}
