package dev.kontor.accounts.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountsModuleTest;
import dev.kontor.accounts.AesGcmCipher;
import dev.kontor.accounts.CommittedEvents;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.RotationAnnounced;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.accounts.calendar.Rotations.Position;
import dev.kontor.accounts.calendar.Rotations.Rotation;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization.Kind;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;

import static org.assertj.core.api.Assertions.assertThat;

/** When what a seller entered has to be entered anew, and that he is told in time. */
@AccountsModuleTest
@ExtendWith(OutputCaptureExtension.class)
class RotationModuleTests {

    @Autowired
    Rotations rotations;

    @Autowired
    RotationReminders reminders;

    @Autowired
    ApplicationSecrets secrets;

    @Autowired
    Safekeeping safekeeping;

    @Autowired
    AccountRegister register;

    @Autowired
    Connections connections;

    @Autowired
    TestMarketplace marketplace;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    CommittedEvents events;

    @Autowired
    AesGcmCipher cipher;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    private FakeMarketplace shop;

    @BeforeEach
    void open() {
        shop = marketplace.open();
    }

    private AccountId account(Kind kind, Credentials credentials) {
        var id = new AccountId(UUID.randomUUID());
        var now = clock.instant();
        register.add(Account.fresh(id, "Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), now), null);
        transaction.executeWithoutResult(_ -> {
            register.save(register.lock(id).confirmedBy(TestMarketplace.aSeller(), now));
            safekeeping.keep(id, kind, credentials);
        });
        return id;
    }

    private AccountId granted() {
        return account(
                Kind.REFRESH_GRANT,
                new Credentials(
                        Map.of("refreshToken", "r", "access", "a"),
                        clock.instant().plus(Duration.ofHours(1))));
    }

    private Rotation of(UUID id) {
        return all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    }

    private List<Rotation> all() {
        return rotations.list(Position.START, 10_000);
    }

    private Rotation application() {
        return all().stream()
                .filter(it -> it.account() == null)
                .reduce((one, other) -> one.enteredAt().isAfter(other.enteredAt()) ? one : other)
                .orElseThrow();
    }

    private List<Integer> daysTold(UUID id, Instant due, int daysBefore) {
        var at = due.minus(Duration.ofDays(daysBefore)).plusSeconds(1);
        clock.advance(Duration.between(clock.instant(), at));
        reminders.remind();
        return events.rotations(id).stream().map(RotationAnnounced::days).toList();
    }

    @Test
    void aPermissionOfAFixedLengthCountsFromTheSellersWordHoweverOftenItIsRenewed() {
        var account = granted();
        var entered = clock.instant();
        assertThat(of(account.value()).rotateBy()).isCloseTo(entered.plus(Duration.ofDays(365)), within());

        clock.advance(Duration.ofDays(10));
        assertThat(connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> called.seller(connection)))
                .as("with credentials that were renewed for it")
                .isInstanceOf(Answer.Ok.class);

        assertThat(of(account.value()).enteredAt()).isCloseTo(entered, within());
        assertThat(of(account.value()).rotateBy()).isCloseTo(entered.plus(Duration.ofDays(365)), within());
    }

    @Test
    void oneThatEachRenewalProlongsCountsFromTheLastRenewal() {
        var account = account(Kind.DEVICE_CODE, shop.credentials());
        var entered = clock.instant();
        clock.advance(Duration.ofDays(10));
        connections.call(account, Lane.LIVE_ORDERS, (called, connection) -> called.seller(connection));

        assertThat(of(account.value()).enteredAt()).isCloseTo(entered, within());
        assertThat(of(account.value()).rotateBy()).isCloseTo(entered.plus(Duration.ofDays(100)), within());
    }

    @Test
    void aKeyThatSaysWhenItExpiresIsBelievedAndOneThatDoesNotIsListedLast() {
        var expiry = clock.instant().plus(Duration.ofDays(180));
        var ends = account(Kind.STATIC_KEY, new Credentials(Map.of("apiKey", "k", "siteId", "s"), expiry));
        var endless = account(Kind.STATIC_KEY, new Credentials(Map.of("apiKey", "k", "siteId", "s"), null));

        assertThat(of(ends.value()).rotateBy()).isEqualTo(expiry);
        assertThat(of(endless.value()).rotateBy()).isNull();
        var ids = all().stream().map(Rotation::id).toList();
        assertThat(ids.indexOf(endless.value())).isGreaterThan(ids.indexOf(ends.value()));
        var first = rotations.list(Position.START, 1).getFirst();
        assertThat(rotations.list(Position.of(first), 1).getFirst().id()).isEqualTo(ids.get(1));
    }

    @Test
    void remindersComeThirtySevenAndOneDayBeforeOnceEach(CapturedOutput output) {
        var account = granted();
        var due = of(account.value()).rotateBy();

        assertThat(daysTold(account.value(), due, 31)).isEmpty();
        assertThat(daysTold(account.value(), due, 30)).containsExactly(30);
        assertThat(daysTold(account.value(), due, 8)).containsExactly(30);
        assertThat(daysTold(account.value(), due, 7)).containsExactly(30, 7);
        assertThat(daysTold(account.value(), due, 1)).containsExactly(30, 7, 1);
        assertThat(daysTold(account.value(), due, 0)).containsExactly(30, 7, 1);
        assertThat(output.getAll().lines().filter(line -> line.contains("account " + account)))
                .hasSize(3)
                .allMatch(line -> line.contains("WARN") && line.contains("has to be replaced by"));
    }

    @Test
    void aReminderComesOnceHoweverManyInstancesRunAndStartsAnewWithNewCredentials() throws Exception {
        var account = granted();
        clock.advance(Duration.ofDays(340));
        try (var instances = Executors.newFixedThreadPool(6)) {
            instances
                    .invokeAll(Collections.nCopies(6, Executors.callable(reminders::remind)))
                    .forEach(Future::resultNow);
        }
        assertThat(events.rotations(account.value())).hasSize(1);
        assertThat(events.settled(account.value())).isEmpty();

        transaction.executeWithoutResult(_ -> {
            register.lock(account);
            safekeeping.keep(
                    account,
                    Kind.REFRESH_GRANT,
                    new Credentials(Map.of("refreshToken", "new", "access", "b"), clock.instant()));
        });
        reminders.remind();
        reminders.remind();
        assertThat(events.settled(account.value())).hasSize(1);
        assertThat(events.rotations(account.value())).hasSize(1);
        var due = of(account.value()).rotateBy();
        assertThat(daysTold(account.value(), due, 29)).containsExactly(30, 30);
    }

    @Test
    void theApplicationsSecretIsNotedWhenItIsFirstSeenAndAnotherOneBeginsAnew() {
        shop.applicationSecretIs("first-secret-of-the-application");
        secrets.look();
        var first = application();
        var seen = clock.instant();
        assertThat(first.what()).isEqualTo("KONTOR_FAKE_SECRET");
        assertThat(first.rotateBy()).isCloseTo(seen.plus(Duration.ofDays(180)), within());

        clock.advance(Duration.ofDays(1));
        secrets.look();
        assertThat(application()).as("the same one is known again").isEqualTo(first);
        cipher.rotate();
        secrets.look();
        assertThat(application()).isEqualTo(first);
        assertThat(jdbc.sql("select string_agg(t::text, ' ') from accounts.application_secrets t")
                        .query(String.class)
                        .single())
                .doesNotContain("first-secret");

        shop.applicationSecretIs("second-secret-of-the-application");
        clock.advance(Duration.ofDays(3));
        secrets.look();
        var second = application();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(all())
                .as("nobody has the first one any more")
                .noneMatch(it -> it.id().equals(first.id()));
        for (var day = 0; day < 2; day++) {
            secrets.look();
            assertThat(daysTold(second.id(), second.rotateBy(), 30 - day)).hasSizeLessThan(2);
        }
        secrets.look();
        reminders.remind();
        assertThat(events.rotations(second.id())).singleElement().satisfies(told -> {
            assertThat(told.account()).isNull();
            assertThat(told.days()).isEqualTo(30);
        });
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return org.assertj.core.api.Assertions.within(1, ChronoUnit.MINUTES);
    }
}
