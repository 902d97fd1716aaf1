package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    void saysWhatIsTheMatterAndRecovers(Trouble trouble) {
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
        for (var call : calls) {
            stage.begin(trouble);
            assertThat(call.apply(connection))
                    .isInstanceOf(
                            switch (trouble) {
                                case TOO_MANY_REQUESTS, TOO_MANY_REQUESTS_UNTIL -> Throttled.class;
                                case FAULT, SILENCE -> Unavailable.class;
                                case CUT_OFF -> Unavailable.class;
                            });
            stage.calm();
            assertThat(call.apply(connection)).isInstanceOf(Ok.class);
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

        var renewed = ok(device().renew(connection.account(), connection.credentials()));

        assertThat(renewed.expiresAt()).isAfter(Instant.now());
        assertThat(marketplace.seller(with(renewed))).isInstanceOf(Ok.class);
    }

    @Test
    @Proves(Capability.CREDENTIAL_RENEWAL)
    void renewsOnceMoreWithinTheGraceAndNotAfterwards() {
        var first = ok(device().renew(connection.account(), connection.credentials()));
        assertThat(first).isNotEqualTo(connection.credentials());

        var again = ok(device().renew(connection.account(), connection.credentials()));
        assertThat(marketplace.seller(with(again))).isInstanceOf(Ok.class);

        stage.pass(device().renewalGrace().plusSeconds(2));
        assertThat(device().renew(connection.account(), connection.credentials()))
                .isInstanceOf(Unauthorized.class);
    }

    @Test
    @Proves(Capability.CREDENTIAL_RENEWAL)
    void doesNotRenewWhatTheSellerTookBack() {
        stage.revoke();

        assertThat(device().renew(connection.account(), connection.credentials()))
                .isInstanceOf(Unauthorized.class);
    }
}
