package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.DeviceAuthorization.Decision;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.Stage.Oddity;
import dev.kontor.marketplaces.Stage.Trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every adapter must do. A subclass brings the stage; it lies in the adapter's package and is named for it, as in
 * {@code OzonContractTests}.
 */
public abstract class MarketplaceContract {

    protected Stage stage;
    private Marketplace marketplace;
    private OrderFeed feed;
    private Connection connection;

    /** A marketplace with some two hundred orders of the last month, and pages small enough to need several. */
    protected abstract Stage newStage();

    @BeforeEach
    void setTheStage(TestInfo test) {
        stage = newStage();
        marketplace = stage.marketplace();
        feed = marketplace.orders();
        var proves = test.getTestMethod().orElseThrow().getAnnotation(Proves.class);
        assumeTrue(proves == null || marketplace.capabilities().has(proves.value()));
        connection = stage.connect();
    }

    @AfterEach
    void leaveTheStage() {
        stage.close();
    }

    // The declaration

    @Test
    void everyDeclaredCapabilityHasItsTests() {
        for (var capability : Capability.values()) {
            if (marketplace.capabilities().has(capability)) {
                assertThat(Stream.of(MarketplaceContract.class.getDeclaredMethods())
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

    // Changes

    @Test
    @Proves(Capability.ORDER_CHANGES)
    void tellsOfEveryOrderSinceACursor() {
        var before = ok(feed.end(connection)).position();
        var bought = stage.buy(12);

        var changes = changesSince(before);

        assertThat(changes).extracting(OrderChange::order).containsAll(bought);
        assertThat(changes).extracting(OrderChange::id).doesNotHaveDuplicates();
    }

    @Test
    @Proves(Capability.ORDER_CHANGES)
    void goesOnWhereAnEarlierPageEnded() {
        stage.buy(12);
        var first = ok(feed.changesSince(null, connection));
        assertThat(first.more()).isTrue();

        var all = changesSince(null);
        var rest = changesSince(first.next());

        assertThat(all.subList(first.changes().size(), all.size())).isEqualTo(rest);
    }

    @Test
    @Proves(Capability.ORDER_CHANGES)
    void keepsTheCursorWhereNothingIsNew() {
        var end = ok(feed.end(connection)).position();

        var page = ok(feed.changesSince(end, connection));

        assertThat(page.changes()).isEmpty();
        assertThat(page.more()).isFalse();
        assertThat(page.next()).isEqualTo(end);
    }

    @Test
    @Proves(Capability.ORDER_CHANGES)
    void saysUpToWhenEverySaleIsKnown() {
        var start = ok(feed.changesSince(null, connection));
        var end = ok(feed.changesSince(ok(feed.end(connection)).position(), connection));

        assertThat(start.watermark()).isBeforeOrEqualTo(end.watermark());
        assertThat(end.watermark())
                .isBeforeOrEqualTo(Instant.now().minus(feed.retention().delay()).plusSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Oddity.class,
            names = {"DUPLICATE_CHANGE", "REORDERED_CHANGE"})
    @Proves(Capability.ORDER_CHANGES)
    void losesNothingWhenTheLogIsUntidy(Oddity oddity) {
        var before = ok(feed.end(connection)).position();
        var bought = stage.buyOddly(oddity, 12);

        assertThat(changesSince(before)).extracting(OrderChange::order).containsAll(bought);
    }

    // One order

    @Test
    @Proves(Capability.ORDER_BY_ID)
    void readsOneOrder() {
        var id = stage.buy(1).getFirst();

        var order = found(id);

        assertThat(order.externalId()).isEqualTo(id);
        assertThat(order.status()).isNotEqualTo(OrderStatus.UNKNOWN);
        assertThat(order.lines()).isNotEmpty();
        assertThat(order.total().amount()).isPositive();
        assertThat(order.document().isEmpty()).isFalse();
    }

    @Test
    @Proves(Capability.ORDER_BY_ID)
    void saysThatAnOrderIsGone() {
        assertThat(ok(feed.order("00000000-0000-0000-0000-000000000000", connection)))
                .isEqualTo(new OrderReading.Gone());
    }

    @Test
    @Proves(Capability.ORDER_BY_ID)
    void keepsWhatItCannotRead() {
        var id = stage.buyOddly(Oddity.MALFORMED, 1).getFirst();

        var reading = ok(feed.order(id, connection));

        assertThat(reading).isInstanceOfSatisfying(OrderReading.Unreadable.class, it -> {
            assertThat(it.unreadable().externalId()).isEqualTo(id);
            assertThat(it.unreadable().reason()).isNotBlank();
            assertThat(it.unreadable().raw()).isNotBlank();
        });
    }

    @Test
    @Proves(Capability.ORDER_BY_ID)
    void keepsAStatusThatItDoesNotKnow() {
        var id = stage.buyOddly(Oddity.UNKNOWN_STATUS, 1).getFirst();

        var order = found(id);

        assertThat(order.status()).isEqualTo(OrderStatus.UNKNOWN);
        assertThat(order.marketplaceStatus()).isNotBlank();
    }

    @Test
    @Proves(Capability.ORDER_BY_ID)
    void keepsAFieldThatItDoesNotKnowAndHidesItsValue() {
        var id = stage.buyOddly(Oddity.UNKNOWN_FIELD, 1).getFirst();

        var split = marketplace.orderFields().split(found(id).document());

        assertThat(split.unknown()).isNotEmpty();
        assertThat(stage.drift()).containsAll(split.unknown());
        assertThat(DocumentFields.merge(split.masked(), split.personal()))
                .isEqualTo(found(id).document());
    }

    @Test
    @Proves(Capability.ORDER_BY_ID)
    void declaresEveryPersonalFieldOfAnOrder() {
        var order = found(stage.buy(1).getFirst());

        var masked = marketplace.orderFields().split(order.document()).masked().toString();

        assertThat(order.buyer().searchable()).isNotEmpty();
        assertThat(order.buyer().searchable()).noneMatch(word -> masked.contains("\"" + word + "\""));
        assertThat(marketplace.orderFields().unknown(order.document())).isEmpty();
    }

    // History

    @Test
    @Proves(Capability.ORDER_HISTORY)
    void listsAllOrdersOfAPeriodOldestFirst() {
        var listed = ordersOf(everything(), page -> {});

        assertThat(new HashSet<>(
                        listed.stream().map(MarketplaceOrder::externalId).toList()))
                .isEqualTo(stage.orders());
        assertThat(listed).isSortedAccordingTo(Comparator.comparing(MarketplaceOrder::placedAt));
    }

    @Test
    @Proves(Capability.ORDER_HISTORY)
    void leavesOutWhatTheEndOfThePeriodExcludes() {
        var all = ordersOf(everything(), page -> {});
        var from = all.get(all.size() / 4).placedAt();
        var to = all.get(all.size() / 2).placedAt();

        var listed = ordersOf(new Period(from, to), page -> {});

        assertThat(listed.stream().map(MarketplaceOrder::externalId).distinct())
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(order -> !order.placedAt().isBefore(from)
                                && order.placedAt().isBefore(to))
                        .map(MarketplaceOrder::externalId)
                        .distinct()
                        .toList());
    }

    @Test
    @Proves(Capability.ORDER_HISTORY)
    void passesNothingOverThatAppearsMeanwhile() {
        var before = stage.orders();
        var bought = new ArrayList<String>();

        var listed = ordersOf(everything(), page -> bought.addAll(bought.size() < 6 ? stage.buy(3) : List.of()));

        assertThat(listed).extracting(MarketplaceOrder::externalId).containsAll(before);
    }

    @Test
    @Proves(Capability.ORDER_HISTORY)
    void oneMalformedOrderCostsOnlyItself() {
        var good = new ArrayList<>(stage.buy(3));
        var bad = stage.buyOddly(Oddity.MALFORMED, 1).getFirst();
        good.addAll(stage.buy(3));
        var unreadable = new ArrayList<UnreadableRecord>();

        var listed = ordersOf(everything(), page -> unreadable.addAll(page.unreadable()));

        assertThat(listed)
                .extracting(MarketplaceOrder::externalId)
                .containsAll(good)
                .doesNotContain(bad);
        assertThat(unreadable)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.reason()).isNotBlank());
    }

    @Test
    @Proves(Capability.ORDER_HISTORY)
    void listsAnOrderAsItReadsItAlone() {
        var listed = ordersOf(everything(), page -> {}).getFirst();
        var alone = found(listed.externalId());

        assertThat(listed.lines()).isEqualTo(alone.lines());
        assertThat(listed.total()).isEqualTo(alone.total());
        assertThat(listed.revision()).isEqualTo(alone.revision());
        assertThat(listed.asOf()).isBeforeOrEqualTo(alone.asOf());
    }

    // What goes wrong with any call

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void saysWhatIsTheMatterAndRecovers(Trouble trouble) {
        var id = stage.orders().iterator().next();
        List<Function<Connection, Answer<?>>> calls = List.of(
                it -> feed.changesSince(null, it),
                it -> feed.order(id, it),
                it -> feed.placedWithin(everything(), null, it),
                it -> marketplace.seller(it));
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

    // Reading aloud

    private Period everything() {
        var now = Instant.now();
        return new Period(now.minus(Duration.ofDays(60)), now.plus(Duration.ofDays(1)));
    }

    private DeviceAuthorization device() {
        return switch (marketplace.authorization()) {
            case DeviceAuthorization device -> device;
        };
    }

    private Decision poll(DeviceAuthorization.DeviceCode code) {
        return ok(device().poll(connection.account(), code));
    }

    private Connection with(Credentials credentials) {
        return new Connection(connection.account(), credentials, connection.lane());
    }

    private MarketplaceOrder found(String id) {
        var reading = ok(feed.order(id, connection));
        assertThat(reading).isInstanceOf(OrderReading.Found.class);
        return ((OrderReading.Found) reading).order();
    }

    private List<OrderChange> changesSince(@Nullable Cursor cursor) {
        var changes = new ArrayList<OrderChange>();
        var position = cursor;
        while (true) {
            var page = ok(feed.changesSince(position, connection));
            changes.addAll(page.changes());
            position = page.next();
            if (!page.more()) {
                return changes;
            }
        }
    }

    private List<MarketplaceOrder> ordersOf(Period period, Consumer<OrderPage> betweenPages) {
        var orders = new ArrayList<MarketplaceOrder>();
        Cursor position = null;
        do {
            var page = ok(feed.placedWithin(period, position, connection));
            orders.addAll(page.orders());
            position = page.next();
            betweenPages.accept(page);
        } while (position != null);
        return orders;
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
