package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.DeviceAuthorization.Decision;
import dev.kontor.marketplaces.Stage.Trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every adapter must do. A subclass brings the stage; it lies in the adapter's package and is named for it, as in
 * {@code OzonContractTests}.
 */
public abstract class MarketplaceContract extends StockContract {

    // The declaration

    @Test
    void everyDeclaredCapabilityHasItsTests() {
        for (var capability : Capability.values()) {
            if (marketplace.capabilities().has(capability)) {
                assertThat(Stream.<Class<?>>iterate(getClass(), Objects::nonNull, Class::getSuperclass)
                                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                                .map(method -> method.getAnnotation(Proves.class))
                                .anyMatch(proves -> proves != null && proves.value() == capability))
                        .as("a test that proves %s", capability)
                        .isTrue();
            }
        }
    }

    @Test
    void declaresHowLongItCanBeAsked() {
        var retention = feed.retention();

        assertThat(retention.changes()).isPositive();
        assertThat(retention.orders()).isGreaterThanOrEqualTo(retention.changes());
        assertThat(retention.delay()).isBetween(Duration.ZERO, retention.changes());
    }

    @Test
    void knowsTheSeller() {
        var seller = ok(marketplace.seller(connection));

        assertThat(seller.id()).isNotBlank();
        assertThat(seller.login()).isNotBlank();
        assertThat(ok(marketplace.seller(stage.connect()))).isEqualTo(seller);
    }

    // What goes wrong with any call

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void saysWhatIsTheMatterAndRecovers(Trouble trouble) throws InterruptedException {
        var id = stage.orders().iterator().next();
        List<Function<Connection, Answer<?>>> calls = new ArrayList<>(List.of(
                it -> feed.changesSince(null, it),
                it -> feed.order(id, it),
                it -> feed.placedWithin(everything(), null, it),
                it -> marketplace.seller(it)));
        marketplace.listings().ifPresent(listings -> {
            var listing = stage.stock().keySet().iterator().next();
            calls.add(it -> listings.all(null, it));
            calls.add(it -> listings.listing(listing, it));
            marketplace.stockWriter().ifPresent(writer -> calls.add(it -> writer.read(List.of(listing), it)));
        });
        marketplace.fulfilledStock().ifPresent(stock -> calls.add(it -> stock.all(null, it)));
        // silence lasts as long as Kontor listens, so there all wait side by side
        for (var some : trouble == Trouble.SILENCE
                ? List.of(calls)
                : calls.stream().map(List::of).toList()) {
            stage.begin(trouble);
            assertThat(answers(some))
                    .hasSameSizeAs(some)
                    .hasOnlyElementsOfType(
                            switch (trouble) {
                                case TOO_MANY_REQUESTS, TOO_MANY_REQUESTS_UNTIL -> Throttled.class;
                                case FAULT, SILENCE -> Unavailable.class;
                                case CUT_OFF -> Unavailable.class;
                            });
            stage.calm();
            assertThat(answers(some)).hasSameSizeAs(some).hasOnlyElementsOfType(Ok.class);
        }
    }

    private List<Answer<?>> answers(List<Function<Connection, Answer<?>>> calls) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(calls.stream()
                            .<Callable<Answer<?>>>map(call -> () -> call.apply(connection))
                            .toList())
                    .stream()
                    .<Answer<?>>map(Future::resultNow)
                    .toList();
        }
    }

    @Test
    void asksForAWaitThatLiesAhead() {
        stage.begin(Trouble.TOO_MANY_REQUESTS);

        assertThat(feed.changesSince(null, connection))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until())
                                .isAfter(Instant.now().plusSeconds(50)));
    }

    @Test
    void isUnauthorizedWithoutTheSellersPermission() {
        stage.revoke();

        assertThat(feed.changesSince(null, connection)).isInstanceOf(Unauthorized.class);
        assertThat(feed.order("any", connection)).isInstanceOf(Unauthorized.class);
        assertThat(feed.placedWithin(everything(), null, connection)).isInstanceOf(Unauthorized.class);
        assertThat(marketplace.seller(connection)).isInstanceOf(Unauthorized.class);
    }

    // What it tells by itself

    @Test
    @Proves(Capability.PUSH)
    void tellsWhoseAndWhichOrderChanged() {
        var order = stage.orders().iterator().next();
        var request = stage.told(order);
        var push = marketplace.push().orElseThrow();

        assertThat(push.read(request)).isInstanceOfSatisfying(Push.Reading.Genuine.class, genuine -> {
            assertThat(genuine.seller())
                    .isEqualTo(ok(marketplace.seller(connection)).id());
            assertThat(genuine.hints()).singleElement().satisfies(hint -> {
                assertThat(hint.subject()).isEqualTo(Push.Subject.ORDER);
                assertThat(hint.about()).isEqualTo(order);
            });
        });
        assertThat(push.read(request)).as("sent again").isEqualTo(push.read(request));
    }

    @Test
    @Proves(Capability.PUSH)
    void believesNobodyElse() {
        var request = stage.told(stage.orders().iterator().next());
        var push = marketplace.push().orElseThrow();

        for (int at = 0; at < request.body().length - 1; at += 7) { // the last bits may be padding
            var changed = request.body().clone();
            changed[at] ^= 1;
            assertThat(push.read(new Push.Request(request.headers(), changed, request.receivedAt())))
                    .as("byte %d", at)
                    .isInstanceOf(Push.Reading.Refused.class);
        }
        assertThat(push.read(new Push.Request(request.headers(), new byte[0], request.receivedAt())))
                .isInstanceOf(Push.Reading.Refused.class);
    }

    @Test
    void hasWhatItTellsByItselfOnlyWhereItDeclaresIt() {
        assertThat(marketplace.push().isPresent())
                .isEqualTo(marketplace.capabilities().has(Capability.PUSH));
    }

    // Permission

    @Test
    @Proves(Capability.DEVICE_AUTHORIZATION)
    void waitsForTheSeller() {
        var code = ok(device().begin(connection.account()));
        assertThat(code.expiresAt()).isAfter(Instant.now());
        assertThat(code.link().toString()).contains(code.userCode());
        assertThat(poll(code)).isInstanceOf(Decision.Pending.class);

        stage.sellerConfirms(code);
        stage.pass(code.interval().plusSeconds(1));

        assertThat(poll(code))
                .isInstanceOfSatisfying(
                        Decision.Granted.class,
                        granted -> assertThat(marketplace.seller(with(granted.credentials())))
                                .isInstanceOf(Ok.class));
    }

    @Test
    @Proves(Capability.DEVICE_AUTHORIZATION)
    void takesNoForAnAnswer() {
        var code = ok(device().begin(connection.account()));

        stage.sellerRefuses(code);

        assertThat(poll(code)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    @Proves(Capability.DEVICE_AUTHORIZATION)
    void saysThatACodeIsTooOld() {
        var code = ok(device().begin(connection.account()));

        stage.pass(Duration.ofDays(2));

        assertThat(poll(code)).isInstanceOf(Decision.Expired.class);
    }

    @Test
    @Proves(Capability.DEVICE_AUTHORIZATION)
    void startsAnewWhereTheGrantingAnswerWasLost() {
        var code = ok(device().begin(connection.account()));

        stage.sellerConfirmsAndTheAnswerIsLost(code);
        assertThat(device().poll(connection.account(), code)).isInstanceOf(Unavailable.class);
        stage.calm();
        stage.pass(code.interval().plusSeconds(1));

        assertThat(poll(code)).isInstanceOf(Decision.Expired.class);
    }

    @Test
    @Proves(Capability.CREDENTIAL_RENEWAL)
    void renewsCredentialsThatHaveExpired() {
        stage.pass(Duration.ofHours(13));
        assertThat(marketplace.seller(connection)).isInstanceOf(Unauthorized.class);

        var renewed = ok(renewable().renew(connection.account(), connection.credentials()));

        assertThat(renewed.expiresAt()).isAfter(Instant.now());
        assertThat(marketplace.seller(with(renewed))).isInstanceOf(Ok.class);
    }

    @Test
    @Proves(Capability.CREDENTIAL_RENEWAL)
    void renewsOnceMoreWhereTheAnswerWasLost() {
        var first = ok(renewable().renew(connection.account(), connection.credentials()));
        assertThat(first).isNotEqualTo(connection.credentials());

        var again = ok(renewable().renew(connection.account(), connection.credentials()));

        assertThat(marketplace.seller(with(again))).isInstanceOf(Ok.class);
    }

    @Test
    @Proves(Capability.CREDENTIAL_RENEWAL)
    void doesNotRenewAfterTheGrace() {
        var grace = renewable().renewalGrace();
        assumeTrue(grace != null);
        ok(renewable().renew(connection.account(), connection.credentials()));

        stage.pass(grace.plusSeconds(2));

        assertThat(renewable().renew(connection.account(), connection.credentials()))
                .isInstanceOf(Unauthorized.class);
    }

    @Test
    @Proves(Capability.CREDENTIAL_RENEWAL)
    void doesNotRenewWhatTheSellerTookBack() {
        stage.revoke();

        assertThat(renewable().renew(connection.account(), connection.credentials()))
                .isInstanceOf(Unauthorized.class);
    }

    // Permission by what the seller enters

    @Test
    @Proves(Capability.CLIENT_CREDENTIALS)
    void asksForTokensOfItsOwnApplication() {
        connectsAndRenews(ClientCredentials.class);
    }

    @Test
    @Proves(Capability.REFRESH_GRANT)
    void asksForTokensByTheSellersRefreshToken() {
        connectsAndRenews(RefreshGrant.class);
    }

    @Test
    @Proves(Capability.STATIC_KEY)
    void worksWithTheSellersKey() {
        var connected = entered(StaticKey.class);
        assertThat(connected.credentials().expiresAt()).isNull();
        assertThat(marketplace.seller(connected)).isInstanceOf(Ok.class);

        stage.pass(Duration.ofDays(2));
        assertThat(marketplace.seller(connected)).isInstanceOf(Ok.class);
        assertThat(marketplace.seller(wronglyEntered(StaticKey.class))).isInstanceOf(Unauthorized.class);

        stage.revoke();
        assertThat(marketplace.seller(connected)).isInstanceOf(Unauthorized.class);
    }

    private <A extends EnteredAuthorization & Renewable> void connectsAndRenews(Class<A> way) {
        var authorization = marketplace.authorization(way).orElseThrow();
        var connected = entered(way);
        assertThat(marketplace.seller(connected)).isInstanceOf(Ok.class);
        assertThat(authorization.obtain(connection.account(), stage.wrongEntries(way)))
                .isInstanceOf(Unauthorized.class);

        stage.pass(Duration.ofDays(2));
        assertThat(marketplace.seller(connected)).isInstanceOf(Unauthorized.class);
        var renewed = with(ok(authorization.renew(connection.account(), connected.credentials())));
        assertThat(marketplace.seller(renewed)).isInstanceOf(Ok.class);

        stage.revoke();
        assertThat(marketplace.seller(renewed)).isInstanceOf(Unauthorized.class);
        assertThat(authorization.renew(connection.account(), renewed.credentials()))
                .isInstanceOf(Unauthorized.class);
    }

    private Connection wronglyEntered(Class<? extends EnteredAuthorization> way) {
        var authorization = marketplace.authorization(way).orElseThrow();
        return with(ok(authorization.obtain(connection.account(), stage.wrongEntries(way))));
    }
}
