package dev.kontor.accounts.authorization;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.AesGcmCipher;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.accounts.register.Suspension;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Seller;
import dev.kontor.privacy.keys.SealedColumns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@AccountsModuleTest
class ReauthorizationModuleTests extends AuthorizationFixture {

    @Autowired
    Reauthorization reauthorization;

    @Autowired
    Disconnection disconnection;

    @Autowired
    Suspension suspension;

    @Autowired
    Connections connections;

    @Autowired
    AesGcmCipher cipher;

    @Autowired
    JdbcClient jdbc;

    @Test
    void worksOnUntilTheSellerHasConfirmedAgain() {
        var account = anActiveAccount();

        reauthorization.begin(account, null);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(askForTheSeller(account)).isInstanceOf(Answer.Ok.class);
        shop.sellerConfirms();
        poll.run(account);
        assertThat(askForTheSeller(account)).isInstanceOf(Answer.Ok.class);
        assertThat(events.activations(account)).hasSize(2);
    }

    @Test
    void refusesAnotherSellerAndKeepsTheOldCredentials() {
        var account = anActiveAccount();
        var seller = marketplace.seller();
        reauthorization.begin(account, null);
        marketplace.sellerIs(TestMarketplace.aSeller());
        shop.sellerConfirms();

        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(account).seller()).isEqualTo(seller);
        assertThat(stored(account).reason()).contains(marketplace.seller().login(), "belongs to " + seller.login());
        assertThat(events.activations(account)).hasSize(1);
        assertThat(events.runs(account)).extracting(RunFinished::status).containsExactly(Status.SUCCESS, Status.FAILED);
        connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> {
            assertThat(connection.credentials().secret("refresh")).isEqualTo("refresh-2"); // of the first confirmation
            return new Answer.Ok<>("");
        });
    }

    @Test
    void worksOnWhenTheSellerRefusesTheNewConfirmation() {
        var account = anActiveAccount();
        reauthorization.begin(account, null);
        shop.sellerRefuses();

        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(account).reason()).contains("The seller refused");
        assertThat(askForTheSeller(account)).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void leavesAPausedAccountPaused() {
        var account = anActiveAccount();
        suspension.pause(account);
        reauthorization.begin(account, null);
        shop.sellerConfirms();

        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.PAUSED);
        assertThat(events.activations(account)).hasSize(1);
    }

    @Test
    void destroysTheCredentialsOfADisconnectedAccountAndReconnectsTheSameOne() {
        var account = anActiveAccount();
        var connectedAt = stored(account).connectedAt();

        disconnection.disconnect(account);
        assertThat(stored(account).state()).isEqualTo(AccountState.DISCONNECTED);
        assertThat(events.deactivations(account))
                .extracting(AccountDeactivated::reason)
                .containsExactly(Reason.DISCONNECTED);
        assertThat(askForTheSeller(account)).isInstanceOf(Answer.Rejected.class);

        reauthorization.begin(account, null);
        assertThat(stored(account).state()).isEqualTo(AccountState.AUTHORIZING);
        shop.sellerConfirms();
        poll.run(account);
        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(account).connectedAt()).isEqualTo(connectedAt);
    }

    @Test
    void bringsARefusedAccountBack() {
        var account = anAccountThatWaits();
        shop.sellerRefuses();
        poll.run(account);

        reauthorization.begin(account, null);
        shop.sellerConfirms();
        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(account).reason()).isNull();
    }

    @Test
    void ignoresTheGrantOfACodeThatWasReplacedMeanwhile() {
        var account = anAccountThatWaits();
        shop.sellerConfirms();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.POLL) {
                reauthorization.begin(account, null);
            }
        });

        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.AUTHORIZING);
        assertThat(authorizations.find(account))
                .hasValueSatisfying(waiting -> assertThat(waiting.granted()).isNull());
    }

    @Test
    void leavesADisconnectedAccountAloneWhenTheSellerConfirmsTooLate() {
        var account = anAccountThatWaits();
        shop.sellerConfirms();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.SELLER) {
                disconnection.disconnect(account);
            }
        });

        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.DISCONNECTED);
        assertThat(events.activations(account)).isEmpty();
    }

    @Test
    void activatesOnceAlthoughKontorDiedInTheActivation() {
        var account = anAccountThatWaits();
        shop.sellerConfirms();
        events.failNext(RunFinished.class);

        assertThat(catchThrowable(() -> poll.run(account))).hasMessage("Kontor dies here");
        assertThat(stored(account).state()).isEqualTo(AccountState.AUTHORIZING);
        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(events.activations(account)).hasSize(1);
        assertThat(shop.calls(Operation.POLL)).isEqualTo(1);
    }

    @Test
    void leavesTheAccountAsItIsWhenTheMarketplaceGivesNoNewCode() {
        var account = anActiveAccount();
        shop.failNext(Operation.BEGIN, new Answer.Unavailable<>("timeout"));

        assertThat(reauthorization.begin(account, null)).isInstanceOf(Outcome.Unreachable.class);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(authorizations.find(account)).isEmpty();
    }

    @Test
    void opensACodeThatWaitsAfterARotationOfTheKeys() {
        var account = anAccountThatWaits();
        cipher.rotate();

        var columns = new SealedAuthorizations();
        assertThat(new SealedColumns(jdbc, cipher).sealAgain(columns.waitingCodesColumn()))
                .isPositive();
        assertThat(new SealedColumns(jdbc, cipher).sealAgain(columns.waitingGrantsColumn()))
                .isZero();

        assertThat(cipher.isOutdated(encryptedCode(account))).isFalse();
        shop.sellerConfirms();
        poll.run(account);
        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void connectsASellerOnlyOnceAlsoWhenHeConfirmsTwoAccountsAtTheSameTime() {
        var first = anAccountThatWaits();
        var second = anAccountThatWaits();
        shop.sellerConfirms();
        var other = new AtomicReference<Thread>();
        events.duringNext(AccountActivated.class, () -> {
            other.set(Thread.startVirtualThread(() -> poll.run(second)));
            await().until(this::somebodyWaitsForALock); // the second activation, for the first one's commit
        });

        poll.run(first);

        await().until(() -> !other.get().isAlive());
        assertThat(stored(first).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(second).state()).isEqualTo(AccountState.REFUSED);
        assertThat(stored(second).reason()).contains(first.toString());
    }

    private boolean somebodyWaitsForALock() {
        return jdbc.sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'""").query(Integer.class).single() > 0;
    }

    private byte[] encryptedCode(AccountId account) {
        return jdbc.sql("select encrypted_code from accounts.authorizations where account_id = :account")
                .param("account", account.value())
                .query(byte[].class)
                .single();
    }

    private Answer<Seller> askForTheSeller(AccountId account) {
        return connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> called.seller(connection));
    }
}
