package dev.kontor.accounts.authorization;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

@AccountsModuleTest
class AuthorizationModuleTests extends AuthorizationFixture {

    @Test
    void activatesTheAccountWhenTheSellerConfirms() {
        var account = anAccountThatWaits();

        poll.run(account);
        assertThat(stored(account).state()).isEqualTo(AccountState.AUTHORIZING);
        shop.sellerConfirms();
        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(account).seller()).isEqualTo(marketplace.seller());
        assertThat(accounts.active()).extracting(Accounts.AccountView::id).contains(account);
        assertThat(events.activations(account)).hasSize(1);
        assertThat(events.runs(account)).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo("authorization");
            assertThat(run.status()).isEqualTo(Status.SUCCESS);
        });
        assertThat(authorizations.find(account)).isEmpty();
    }

    @Test
    void saysThatTheSellerRefused() {
        var account = anAccountThatWaits();
        shop.sellerRefuses();

        poll.run(account);

        assertEnded(account, AccountState.REFUSED, "The seller refused");
    }

    @Test
    void saysThatNobodyConfirmedInTime() {
        var account = anAccountThatWaits();
        clock.advance(Duration.ofHours(2));

        poll.run(account);

        assertEnded(account, AccountState.EXPIRED, "Nobody confirmed");
    }

    @Test
    void givesUpAfterTheCodesEndAlsoWhenTheMarketplaceIsDown() {
        var account = anAccountThatWaits();
        clock.advance(Duration.ofHours(2));
        shop.failNext(Operation.POLL, new Answer.Unavailable<>("no route"));

        poll.run(account);

        assertEnded(account, AccountState.EXPIRED, "Nobody confirmed");
    }

    @Test
    void saysThatTheSellerMustConfirmAgainWhenTheAnswerWasLost() {
        var account = anAccountThatWaits();
        shop.grantIsLost();

        poll.run(account);

        assertEnded(account, AccountState.EXPIRED, "lost on the way: the seller must confirm again");
    }

    @Test
    void asksMoreSlowlyWhenToldTo() {
        var account = anAccountThatWaits();
        shop.askedTooOften();

        poll.run(account);

        var pending = authorizations.find(account).orElseThrow();
        assertThat(pending.code().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(pending.pollAt()).isEqualTo(clock.instant().plusSeconds(10));
    }

    @Test
    void asksOnWhenTheMarketplaceCannotBeReached() {
        var account = anAccountThatWaits();
        shop.failNext(Operation.POLL, new Answer.Unavailable<>("timeout"));
        shop.failNext(Operation.POLL, new Answer.Malformed<>("cut off"));

        poll.run(account);
        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.AUTHORIZING);
        assertThat(authorizations.pollAt(account)).contains(clock.instant().plusSeconds(5));
    }

    @Test
    void waitsAsLongAsAThrottlingMarketplaceAsks() {
        var account = anAccountThatWaits();
        var until = clock.instant().plusSeconds(90);
        shop.failNext(Operation.POLL, new Answer.Throttled<>(until));

        poll.run(account);

        assertThat(authorizations.pollAt(account)).contains(until);
    }

    @Test
    void refusesTheAccountWhenKontorItselfIsNotAccepted() {
        var account = anAccountThatWaits();
        shop.failNext(Operation.POLL, new Answer.Unauthorized<>("invalid_client"));

        poll.run(account);

        assertEnded(account, AccountState.REFUSED, "invalid_client");
    }

    @Test
    void keepsTheGrantUntilItIsKnownWhoGaveIt() {
        var account = anAccountThatWaits();
        shop.sellerConfirms();
        shop.failNext(Operation.SELLER, new Answer.Unavailable<>("timeout"));
        shop.failNext(Operation.SELLER, new Answer.Throttled<>(clock.instant().plusSeconds(60)));

        poll.run(account);
        poll.run(account);
        assertThat(stored(account).state()).isEqualTo(AccountState.AUTHORIZING);
        assertThat(stored(account).reason()).contains("does not say yet who he is (throttled");
        assertThat(authorizations.pollAt(account)).contains(clock.instant().plusSeconds(60));
        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(shop.calls(Operation.POLL)).isEqualTo(1);
    }

    @Test
    void goesOnFromTheGrantAfterACrash() {
        var account = anAccountThatWaits();
        shop.sellerConfirms();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.SELLER) {
                throw new IllegalStateException("Kontor dies here");
            }
        });
        assertThat(catchThrowable(() -> poll.run(account))).hasMessage("Kontor dies here");
        shop.onCall((operation, argument) -> {});

        poll.run(account);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(shop.calls(Operation.POLL)).isEqualTo(1);
        assertThat(events.activations(account)).hasSize(1);
    }

    @Test
    void connectsASellerOnlyOnce() {
        var first = anActiveAccount();
        var second = anAccountThatWaits();
        shop.sellerConfirms();

        poll.run(second);

        assertEnded(second, AccountState.REFUSED, "\"Corner shop\" (" + first + ")");
    }

    @Test
    void leavesNothingBehindWhenTheMarketplaceCannotBeReached() {
        var before = allAccounts().size();
        shop.failNext(Operation.BEGIN, new Answer.Unavailable<>("timeout"));

        var outcome = enrolment.connect(aWish(null));

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        assertThat(allAccounts()).hasSize(before);
    }

    @Test
    void makesOneAccountOfARequestThatIsRepeated() {
        var wish = aWish(UUID.randomUUID().toString());
        var other = new ConnectAccount("Another name", wish.marketplace(), wish.owner(), wish.requestKey());

        var first = (Outcome.Begun) enrolment.connect(wish);

        assertThat(enrolment.connect(wish)).isEqualTo(first);
        assertThat(enrolment.connect(other)).isInstanceOf(Outcome.KeyReused.class);
    }

    private void assertEnded(AccountId account, AccountState state, String reason) {
        assertThat(stored(account).state()).isEqualTo(state);
        assertThat(stored(account).reason()).contains(reason);
        assertThat(authorizations.find(account)).isEmpty();
        assertThat(events.runs(account)).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(Status.FAILED);
            assertThat(run.error()).contains(reason);
        });
        assertThat(events.activations(account)).isEmpty();
        assertThat(events.deactivations(account))
                .extracting(AccountDeactivated::reason)
                .isEmpty();
    }
}
