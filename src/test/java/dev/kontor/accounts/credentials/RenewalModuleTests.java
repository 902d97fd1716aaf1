package dev.kontor.accounts.credentials;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@AccountsModuleTest
class RenewalModuleTests extends CredentialsFixture {

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
    void presentsTheSameCredentialsAgainWithinTheGraceWhenTheAnswerWasLost() {
        clock.advance(Duration.ofHours(10));
        var once = new AtomicBoolean();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.RENEW && once.compareAndSet(false, true)) {
                shop.authorization(DeviceAuthorization.class).orElseThrow().renew(account.value(), storedCredentials());
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
}
