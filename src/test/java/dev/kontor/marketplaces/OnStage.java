package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.DeviceAuthorization.Decision;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.OrderFeed.OrderReading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A fresh stage for every test of the contract, and words to tell what happens on it. */
abstract class OnStage {

    Stage stage;
    Marketplace marketplace;
    OrderFeed feed;
    Connection connection;

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
        assumeTrue(proves == null || offers(proves.value()));
    }

    /** Whether the account on stage has what its marketplace has. */
    boolean offers(Capability capability) {
        return true;
    }

    @AfterEach
    void leaveTheStage() {
        stage.close();
    }

    Period everything() {
        var now = Instant.now();
        return new Period(now.minus(Duration.ofDays(60)), now.plus(Duration.ofDays(1)));
    }

    DeviceAuthorization device() {
        return marketplace.authorization(DeviceAuthorization.class).orElseThrow();
    }

    /** The way by which {@link Stage#connect} connects. */
    Renewable renewable() {
        return marketplace.authorizations().stream()
                .filter(Renewable.class::isInstance)
                .map(Renewable.class::cast)
                .findFirst()
                .orElseThrow();
    }

    <A extends EnteredAuthorization> Connection entered(Class<A> way) {
        var entries = stage.entries(way);
        var authorization = marketplace.authorization(way).orElseThrow();
        assertThat(authorization.fields())
                .isNotEmpty()
                .allSatisfy(field ->
                        assertThat(field.accepts(entries.get(field.name()))).isTrue());
        return with(ok(authorization.obtain(connection.account(), entries)));
    }

    Decision poll(DeviceAuthorization.DeviceCode code) {
        return ok(device().poll(connection.account(), code));
    }

    Connection with(Credentials credentials) {
        return new Connection(connection.account(), credentials, connection.lane());
    }

    MarketplaceOrder found(String id) {
        var reading = ok(feed.order(id, connection));
        assertThat(reading).isInstanceOf(OrderReading.Found.class);
        return ((OrderReading.Found) reading).order();
    }

    List<OrderChange> changesSince(@Nullable Cursor cursor) {
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

    List<MarketplaceOrder> ordersOf(Period period, Consumer<OrderPage> betweenPages) {
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

    static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
