package dev.kontor.accounts.credentials;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Seller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@AccountsModuleTest
class ConnectionsModuleTests extends CredentialsFixture {

    @Test
    void lendsValidCredentialsToACall() {
        assertThat(askForTheSeller()).isEqualTo(new Answer.Ok<>(marketplace.seller()));
        assertThat(shop.calls(Operation.RENEW)).isZero();
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

    /** Or an hour without the marketplace would end in thousands of renewals, each with its run and its remark. */
    @Test
    void callsDoNotRenewAgainWhatCouldNotBeRenewedBeforeItIsTime() {
        clock.advance(Duration.ofHours(13));
        shop.failAlways(Operation.RENEW, new Answer.Unavailable<>("down"));
        assertThat(askForTheSeller()).isEqualTo(new Answer.Unavailable<>("down"));
        var again = Objects.requireNonNull(store.find(account).orElseThrow().renewAt());

        IntStream.range(0, 5).forEach(call -> assertThat(askForTheSeller()).isEqualTo(new Answer.Throttled<>(again)));

        assertThat(shop.calls(Operation.RENEW)).isEqualTo(1);
        assertThat(events.runs(account)).hasSize(1);

        shop.heal();
        clock.advance(Duration.between(clock.instant(), again));
        assertThat(askForTheSeller()).isInstanceOf(Answer.Ok.class);
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
    void deactivatesTheAccountWhenFreshCredentialsAreRefusedToo() {
        shop.failNext(Operation.SELLER, new Answer.Unauthorized<>("no"));
        shop.failNext(Operation.SELLER, new Answer.Unauthorized<>("still no"));

        assertThat(askForTheSeller()).isEqualTo(new Answer.Unauthorized<>("still no"));

        assertThat(register.get(account).state()).isEqualTo(AccountState.DEACTIVATED);
        assertThat(events.deactivations(account)).hasSize(1);
    }

    @Test
    void refusesToCallInsideATransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> askForTheSeller()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a transaction");
    }
}
