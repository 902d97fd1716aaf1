package dev.kontor.accounts.hooks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.CommittedEvents;
import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.hooks.Delivery.State;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.Suspension;
import dev.kontor.api.Conflict;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakePush;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Request;
import dev.kontor.marketplaces.Push.Sequence;
import dev.kontor.marketplaces.Push.Subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@AccountsModuleTest
class ReceptionModuleTests {

    @Autowired
    Reception reception;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Announcement announcement;

    @Autowired
    AccountRegister register;

    @Autowired
    Safekeeping safekeeping;

    @Autowired
    Suspension suspension;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    TestMarketplace marketplace;

    @Autowired
    SettableClock clock;

    @Autowired
    CommittedEvents events;

    private FakeMarketplace shop;
    private AccountId account;

    @BeforeEach
    void connectAnAccount() {
        shop = marketplace.open();
        account = new AccountId(UUID.randomUUID());
        var now = clock.instant();
        register.add(Account.fresh(account, "Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), now), null);
        transaction.executeWithoutResult(status -> {
            register.save(register.lock(account).confirmedBy(marketplace.seller(), now));
            safekeeping.keep(account, Authorization.Kind.DEVICE_CODE, shop.credentials());
        });
    }

    private Hint ofOrder(String id) {
        return FakePush.ofOrder(id, "order-1", clock.instant());
    }

    private Hint numbered(String id, Subject subject, long number) {
        return new Hint(id, subject, "CHANGED", "order-1", new Sequence("order-1", number), clock.instant());
    }

    private boolean receive(Hint hint) {
        return receive(marketplace.seller().id(), null, hint);
    }

    private boolean receive(String seller, @Nullable String named, Hint hint) {
        return receive("fake", named, FakePush.request(seller, hint, clock.instant()));
    }

    private boolean receive(String code, @Nullable String named, Request request) {
        return reception.receive(code, named, request.headers(), request.body());
    }

    private List<Delivery> kept() {
        return deliveries.page(account.value(), null, Instant.parse("9999-01-01T00:00:00Z"), new UUID(0, 0), 100);
    }

    private Delivery only() {
        assertThat(kept()).hasSize(1);
        return kept().getFirst();
    }

    private List<HintReceived> heard() {
        return events.hints(account);
    }

    // What is kept

    @Test
    void keepsWhatAMarketplaceTellsAndAnnouncesIt() {
        assertThat(receive(ofOrder("told-1"))).isTrue();

        assertThat(only().state()).isEqualTo(State.RECEIVED);
        assertThat(heard()).singleElement().satisfies(event -> {
            assertThat(event.hint()).isEqualTo(ofOrder("told-1"));
            assertThat(event.delivery()).isEqualTo(only().id());
            assertThat(event.receivedAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void takesWhatIsToldTwiceOnce() {
        receive(ofOrder("told-1"));

        assertThat(receive(ofOrder("told-1"))).isTrue();

        assertThat(kept()).hasSize(1);
        assertThat(heard()).hasSize(1);
    }

    @Test
    void takesWhatIsToldTwiceAtTheSameTimeOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int caller = 0; caller < 8; caller++) {
                calls.add(() -> receive(ofOrder("told-1")));
            }
            for (var taken : threads.invokeAll(calls)) {
                assertThat(taken.get()).isTrue();
            }
        }
        assertThat(kept()).hasSize(1);
        assertThat(heard()).hasSize(1);
    }

    @Test
    void isToldAgainWhereItCouldNotBeKept() {
        events.failNext(HintReceived.class);
        assertThatThrownBy(() -> receive(ofOrder("told-1"))).isInstanceOf(IllegalStateException.class);
        assertThat(kept()).isEmpty();

        assertThat(receive(ofOrder("told-1"))).isTrue();

        assertThat(heard()).hasSize(1);
    }

    @Test
    void dropsWhatWasOvertaken() {
        receive(numbered("told-7", Subject.ORDER, 7));

        assertThat(receive(numbered("told-6", Subject.ORDER, 6))).isTrue();
        receive(numbered("told-7-too", Subject.ORDER, 7));
        receive(numbered("told-8", Subject.ORDER, 8));

        assertThat(heard()).extracting(event -> event.hint().id()).containsExactly("told-7", "told-7-too", "told-8");
        assertThat(kept())
                .filteredOn(delivery -> delivery.state() == State.DROPPED)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.hint().id()).isEqualTo("told-6"));
    }

    @Test
    void anErasureIsNeverOvertaken() {
        receive(numbered("told-7", Subject.ORDER, 7));

        receive(numbered("told-6", Subject.ERASURE, 6));

        assertThat(heard()).hasSize(2);
    }

    @Test
    void dropsWhatNobodyActsOn() {
        assertThat(receive(new Hint("told-1", Subject.OTHER, "WEATHER", null, null, clock.instant())))
                .isTrue();

        assertThat(only().state()).isEqualTo(State.DROPPED);
        assertThat(heard()).isEmpty();
    }

    @Test
    void dropsWhatIsToldOfAPausedAccount() {
        suspension.pause(account);

        assertThat(receive(ofOrder("told-1"))).isTrue();

        assertThat(only().reason()).contains("PAUSED");
        assertThat(heard()).isEmpty();
    }

    // What is refused, and all in the same way

    @Test
    void refusesASellerWhomNobodyConnected() {
        assertThat(receive("somebody-else", null, ofOrder("told-1"))).isFalse();
        assertThat(receive("somebody-else", account.toString(), ofOrder("told-1")))
                .isFalse();
        assertThat(kept()).isEmpty();
    }

    @Test
    void theAddressMustNotNameAnotherAccount() {
        var seller = marketplace.seller().id();

        assertThat(receive(seller, UUID.randomUUID().toString(), ofOrder("told-1")))
                .isFalse();
        assertThat(receive(seller, "garbage", ofOrder("told-1"))).isFalse();
        assertThat(receive(seller, account.toString(), ofOrder("told-1"))).isTrue();
    }

    @Test
    void refusesWhatIsNotProven() {
        var request = FakePush.request(marketplace.seller().id(), ofOrder("told-1"), clock.instant());

        assertThat(reception.receive("fake", null, Map.of(), request.body())).isFalse();
        assertThat(receive("atlantis", null, request)).isFalse();
        assertThat(receive("not a code", null, request)).isFalse();
        assertThat(kept()).isEmpty();
    }

    @Test
    void refusesWhatIsReplayedWhenItIsForgotten() {
        var hint = ofOrder("told-1");
        receive(hint);
        clock.advance(Duration.ofDays(31));
        deliveries.forget(clock.instant().minus(Duration.ofDays(30)));
        assertThat(kept()).isEmpty();

        assertThat(receive(hint)).isFalse();

        assertThat(heard()).hasSize(1);
    }

    /** It would still be young when it is forgotten. */
    @Test
    void refusesWhatIsSaidToHappenMuchLater() {
        var ahead = clock.instant().plus(Duration.ofDays(40));
        var hint = new Hint("told-1", Subject.ORDER, "CHANGED", "order-1", null, ahead);

        assertThat(receive(hint)).isFalse();

        assertThat(kept()).isEmpty();
        assertThat(heard()).isEmpty();
    }

    @Test
    void takesWhatAClockTellsThatIsAhead() {
        var ahead = clock.instant().plus(Duration.ofHours(1));

        assertThat(receive(new Hint("told-1", Subject.ORDER, "CHANGED", "order-1", null, ahead)))
                .isTrue();
    }

    // What becomes of it

    @Test
    void isAtRestWhenSomebodyHasActedOnIt() {
        receive(ofOrder("told-1"));
        announcement.settled(List.of(only().id()));

        clock.advance(Duration.ofHours(1));
        announcement.announceDue();

        assertThat(only().state()).isEqualTo(State.PROCESSED);
        assertThat(only().processedAt()).isNotNull();
        assertThat(heard()).hasSize(1);
    }

    @Test
    void isAnnouncedAgainSomeTimesWhereItFailed() {
        receive(ofOrder("told-1"));
        announcement.failed(List.of(only().id()), "unavailable: away");
        assertThat(only().state()).isEqualTo(State.FAILED);

        for (int hour = 0; hour < 24; hour++) {
            clock.advance(Duration.ofHours(1));
            announcement.announceDue();
        }

        assertThat(heard()).hasSize(10);
        assertThat(only().state()).isEqualTo(State.FAILED);
        assertThat(only().reason()).isEqualTo("unavailable: away");
    }

    @Test
    void isAnnouncedAgainWhereNobodySaidWhatCameOfIt() {
        receive(ofOrder("told-1"));

        clock.advance(Duration.ofSeconds(29));
        announcement.announceDue();
        assertThat(heard()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        announcement.announceDue();

        assertThat(heard()).hasSize(2);
        assertThat(heard().get(1).receivedAt()).isEqualTo(heard().get(0).receivedAt());
    }

    @Test
    void failsWhereNobodyEverActsOnIt() {
        receive(ofOrder("told-1"));

        for (int hour = 0; hour < 24; hour++) {
            clock.advance(Duration.ofHours(1));
            announcement.announceDue();
        }

        assertThat(only().state()).isEqualTo(State.FAILED);
        assertThat(only().reason()).isEqualTo("nobody acted on it");
    }

    @Test
    void isRetriedAtOnceWhenSomebodyAsks() {
        receive(ofOrder("told-1"));
        announcement.failed(List.of(only().id()), "away");

        announcement.retry(only().id());

        assertThat(heard()).hasSize(2);
        announcement.settled(List.of(only().id()));
        var settled = only().id();
        assertThatThrownBy(() -> announcement.retry(settled)).isInstanceOf(Conflict.class);
    }

    // Permission

    @Test
    void looksWhetherThePermissionStillHolds() {
        receive(new Hint("told-1", Subject.PERMISSION, "APP_REMOVED", null, null, clock.instant()));

        await().until(() -> only().state() == State.PROCESSED);
        assertThat(accounts.find(account).orElseThrow().active()).isTrue();
    }

    @Test
    void deactivatesAnAccountWhosePermissionIsGone() {
        shop.sellerRevokes();

        receive(new Hint("told-1", Subject.PERMISSION, "APP_REMOVED", null, null, clock.instant()));

        await().until(() -> only().state() == State.PROCESSED);
        assertThat(accounts.find(account).orElseThrow().active()).isFalse();
    }
}
