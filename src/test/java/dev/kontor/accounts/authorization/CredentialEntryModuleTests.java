package dev.kontor.accounts.authorization;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.EnteredCredentials;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization.Kind;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Seller;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an account whose seller enters what the marketplace gave him. */
@AccountsModuleTest
class CredentialEntryModuleTests extends AuthorizationFixture {

    @Autowired
    Reauthorization reauthorization;

    @Autowired
    Connections connections;

    static Stream<EnteredCredentials> entries() {
        return Stream.of(
                anInstance("shop-1"),
                aKey("key-1"),
                new EnteredCredentials(
                        Kind.REFRESH_GRANT, Map.of("refreshToken", "Atzr-1", "region", "EU"), Set.of("refreshToken")));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isActiveAtOnce(EnteredCredentials entered) {
        var account = connected(entered);

        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(stored(account).seller()).isEqualTo(marketplace.seller());
        assertThat(events.activations(account)).hasSize(1);
        assertThat(events.runs(account)).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo("authorization");
            assertThat(run.status()).isEqualTo(Status.SUCCESS);
        });
        assertThat(seller(account)).isInstanceOf(Answer.Ok.class);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void worksForDays(EnteredCredentials entered) {
        var account = connected(entered);

        clock.advance(Duration.ofDays(3));

        assertThat(seller(account)).isInstanceOf(Answer.Ok.class);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isDeactivatedWhenTheSellerTakesItBackAndWorksAgainWithANewEntry(EnteredCredentials entered) {
        var account = connected(entered);
        shop.sellerRevokes();

        assertThat(seller(account)).isInstanceOf(Answer.Unauthorized.class);
        assertThat(stored(account).state()).isEqualTo(AccountState.DEACTIVATED);

        assertThat(reauthorization.begin(account, aKey("key-2"))).isEqualTo(new Outcome.Begun(account, null));
        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(seller(account)).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void leavesNothingOfAnEntryThatTheMarketplaceRefuses() {
        var before = allAccounts();

        var outcome = enrolment.connect(aWish(anInstance("wrong"), null));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("does not accept the credentials"));
        assertThat(allAccounts()).isEqualTo(before);
    }

    @Test
    void leavesNothingWhileTheMarketplaceIsAway() {
        var before = allAccounts();
        shop.failNext(Operation.SELLER, new Answer.Unavailable<>("away"));

        assertThat(enrolment.connect(aWish(anInstance("shop-1"), null))).isInstanceOf(Outcome.Unreachable.class);
        assertThat(allAccounts()).isEqualTo(before);
    }

    @Test
    void keepsASellerToOneAccount() {
        var first = connected(anInstance("shop-1"));

        var outcome = enrolment.connect(aWish(aKey("key-1"), null));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains(first.toString()));
    }

    @Test
    void keepsAnAccountToOneSeller() {
        var account = connected(anInstance("shop-1"));
        var seller = stored(account).seller();
        marketplace.sellerIs(TestMarketplace.aSeller());

        assertThat(reauthorization.begin(account, aKey("key-1"))).isInstanceOf(Outcome.Refused.class);
        assertThat(stored(account).seller()).isEqualTo(seller);
        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void makesOneAccountOfOneKeyAndTellsAnotherEntryFromIt() {
        var wish = aWish(anInstance("shop-1"), UUID.randomUUID().toString());
        var other = new ConnectAccount(
                wish.name(), wish.marketplace(), wish.owner(), anInstance("shop-2"), wish.requestKey());

        var first = enrolment.connect(wish);

        assertThat(enrolment.connect(wish)).isEqualTo(first);
        assertThat(enrolment.connect(other)).isEqualTo(new Outcome.KeyReused());
    }

    /** A key that is refused once by mistake is not dead. */
    @Test
    void triesAKeyOnceMoreBeforeItGivesUp() {
        var account = connected(aKey("key-1"));
        shop.failNext(Operation.SELLER, new Answer.Unauthorized<>("by mistake"));

        assertThat(seller(account)).isInstanceOf(Answer.Unavailable.class);
        assertThat(stored(account).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(seller(account)).isInstanceOf(Answer.Ok.class);
    }

    private AccountId connected(EnteredCredentials entered) {
        return ((Outcome.Begun) enrolment.connect(aWish(entered, null))).account();
    }

    private Answer<Seller> seller(AccountId account) {
        return connections.call(account, Lane.LIVE_ORDERS, (it, connection) -> it.seller(connection));
    }

    private static ConnectAccount aWish(EnteredCredentials entered, @Nullable String key) {
        return new ConnectAccount("Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), entered, key);
    }

    private static EnteredCredentials anInstance(String id) {
        return new EnteredCredentials(Kind.CLIENT_CREDENTIALS, Map.of("instanceId", id), Set.of());
    }

    private static EnteredCredentials aKey(String key) {
        return new EnteredCredentials(Kind.STATIC_KEY, Map.of("apiKey", key, "siteId", "site-1"), Set.of("apiKey"));
    }
}
