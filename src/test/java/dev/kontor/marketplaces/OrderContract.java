package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.Stage.Oddity;

import static org.assertj.core.api.Assertions.assertThat;

/** What every adapter must do with orders: tell of changes, read one, list many. */
abstract class OrderContract extends OnStage {

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
        var told = changesSince(null);
        var end = ok(feed.end(connection)).position();

        var page = ok(feed.changesSince(end, connection));

        assertThat(told).containsAll(page.changes());
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

    @Test
    @Proves(Capability.FIRST_SIGNS)
    void tellsWithTheChangeWhatWasSold() {
        var before = ok(feed.end(connection)).position();
        var bought = stage.buy(12);

        var changes = changesSince(before).stream()
                .filter(change -> bought.contains(change.order()))
                .toList();
        var signs = changes.stream().filter(change -> change.sign() != null).toList();

        assertThat(signs).isNotEmpty().allSatisfy(change -> {
            var order = found(change.order());
            assertThat(change.sign().placedAt()).isEqualTo(order.placedAt());
            assertThat(change.sign().lines())
                    .usingRecursiveComparison()
                    .ignoringFields("name", "unitPrice") // which not everybody tells
                    .isEqualTo(order.lines());
        });
        assertThat(signs)
                .extracting(OrderChange::order)
                .containsAll(changes.stream()
                        .map(OrderChange::order)
                        .filter(order -> FirstSign.of(found(order)) != null)
                        .toList());
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
    void understandsAKeptDocumentAsItDidAtFirst() {
        var order = found(stage.buy(1).getFirst());
        var masked = marketplace.orderFields().split(order.document()).masked();

        var whole = feed.interpret(order.document(), order.asOf());
        var open = feed.interpret(masked, order.asOf());

        assertThat(whole).isEqualTo(new OrderReading.Found(order));
        assertThat(open)
                .isInstanceOfSatisfying(
                        OrderReading.Found.class,
                        found -> assertThat(found.order())
                                .usingRecursiveComparison()
                                .ignoringFields("buyer", "document")
                                .isEqualTo(order));
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
                .as("readable besides %s", unreadable)
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
}
