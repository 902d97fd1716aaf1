package dev.kontor.notifications.webhooks;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.OversellId;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.StockChanged;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.Upstream;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Settings;
import dev.kontor.notifications.webhooks.Receiver.Received;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrdersAnnounced;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.OrdersArchived.Merge;
import dev.kontor.orders.Source;
import dev.kontor.privacy.BuyerId;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes a message, and what it says. */
class MessageModuleTests extends WebhookFixture {

    private static final List<MessageType> ALL =
            List.of(MessageType.values()).stream().filter(MessageType::isChosen).toList();

    @Autowired
    Upstream upstream;

    @Autowired
    Raising raising;

    @Autowired
    WebhookUpkeep upkeep;

    @Autowired
    Settings settings;

    @AfterEach
    void asTheyWere() {
        jdbc.sql("update notifications.alert_settings set values = '{}', version = version + 1")
                .update();
    }

    private final AccountId account = new AccountId(UUID.randomUUID());

    private OrderView order(OrderId id, int version, OrderStatus status) {
        return new OrderView(
                id,
                account,
                new MarketplaceCode("fake"),
                "ext-7",
                "7",
                status,
                "whatever",
                Instant.EPOCH,
                null,
                new OrderView.Price("10.00", "PLN"),
                List.of(new OrderView.Line(
                        "l", "o", null, "A cup for Zbigniew", BigDecimal.ONE, new OrderView.Price("10.00", "PLN"))),
                null,
                version,
                new BuyerId(UUID.randomUUID()),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private OrdersArchived archived(
            List<OrderId> placed, List<OrderId> changed, List<Merge> merged, List<OrderId> gone) {
        return new OrdersArchived(account, Source.FEED, placed, changed, List.of(), merged, gone, clock.instant());
    }

    private List<String> types() {
        return receiver.taken().stream().map(Received::type).toList();
    }

    @Autowired
    Endpoints endpoints;

    @Test
    void anOrderIsToldAsItIsAtTheMomentWithoutAnythingOfItsBuyer() {
        subscribe("/hook", ALL);
        var id = new OrderId(UUID.randomUUID());
        upstream.orders.put(id, order(id, 3, OrderStatus.values()[0]));

        tell(new OrdersAnnounced(account, List.of(id)));
        tell(new OrdersAnnounced(account, List.of(id)));
        tell(archived(List.of(id), List.of(), List.of(), List.of()));
        send();

        assertThat(types()).containsExactly("order.announced", "order.placed");
        var placed = receiver.taken().getLast().json();
        assertThat(placed.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(placed.path("id").asString())
                .isEqualTo(receiver.taken().getLast().id());
        assertThat(placed.path("timestamp").asString())
                .isEqualTo(clock.instant().toString());
        assertThat(placed.at("/data/order").asString()).isEqualTo(id.toString());
        assertThat(placed.at("/data/account").asString()).isEqualTo(account.toString());
        assertThat(placed.at("/data/externalId").asString()).isEqualTo("ext-7");
        assertThat(placed.at("/data/version").asInt()).isEqualTo(3);
        assertThat(placed.path("data").propertyNames())
                .containsExactlyInAnyOrder("order", "account", "externalId", "status", "version");
        assertThat(receiver.all()).noneMatch(it -> it.body().contains("Zbigniew"));
    }

    @Test
    void mergedAndVanishedOrdersAreToldAlsoWhereNothingElseIsKnown() {
        subscribe("/hook", ALL);
        var old = new OrderId(UUID.randomUUID());
        var now = new OrderId(UUID.randomUUID());
        var gone = new OrderId(UUID.randomUUID());

        tell(archived(List.of(now), List.of(), List.of(new Merge(old, now)), List.of(gone)));
        send();

        assertThat(types()).containsExactlyInAnyOrder("order.placed", "order.merged", "order.gone");
        var merged = receiver.taken().stream()
                .filter(it -> it.type().equals("order.merged"))
                .findFirst()
                .orElseThrow();
        assertThat(merged.json().at("/data/order").asString()).isEqualTo(old.toString());
        assertThat(merged.json().at("/data/mergedInto").asString()).isEqualTo(now.toString());
    }

    @Test
    void anEventThatIsHeardTwiceIsOneMessage() {
        subscribe("/hook", ALL);
        var event = new StockChanged(
                List.of(new ItemId(UUID.randomUUID()), new ItemId(UUID.randomUUID())), clock.instant());
        tell(event);
        tell(event);
        send();
        assertThat(types()).containsExactly("stock.changed", "stock.changed");
        assertThat(receiver.taken().stream().map(Received::id).distinct()).hasSize(2);
    }

    @Test
    void theRestIsToldAsWell() {
        subscribe("/hook", ALL);
        var item = new ItemId(UUID.randomUUID());
        var oversell = new OversellId(UUID.randomUUID());
        var plan = aPlan();
        tell(new OversellDetected(oversell, item, 2, null, clock.instant()));
        tell(new OversellEnded(oversell, item, clock.instant()));
        tellOf(plan, 12);
        tell(new PlanDecided(plan, clock.instant()));
        tell(new AccountDeactivated(account, Reason.REFUSED, clock.instant()));
        heard();
        send();

        assertThat(types())
                .contains(
                        "oversell.detected",
                        "oversell.ended",
                        "plan.opened",
                        "plan.decided",
                        "account.deactivated",
                        "alert.raised",
                        "alert.resolved");
        var sold = receiver.taken().stream()
                .filter(it -> it.type().equals("oversell.detected"))
                .findFirst()
                .orElseThrow();
        assertThat(sold.json().at("/data/units").asInt()).isEqualTo(2);
        assertThat(sold.json().at("/data/item").asString()).isEqualTo(item.toString());
    }

    @Test
    void whoWasToldOfAnAlertHearsThatItIsOverHoweverLittleItMattersByThen() {
        settings.change(
                Map.of("routes.webhooks.least", "warning"),
                Caller.person(UUID.randomUUID(), "Anna", Role.ADMINISTRATOR),
                _ -> {});
        subscribe("/hook", ALL);
        var cause = new Cause(AlertKind.SYNC_FAILING, Subject.of(account), "feed");
        var small = new Cause(AlertKind.SYNC_FAILING, Subject.of(account), "stock");
        for (var severity : List.of(Severity.WARNING, Severity.INFO)) {
            raising.raise(
                    cause, Sighting.of(severity, Facts.none(), clock.instant()).as(severity));
            heard();
        }
        raising.raise(small, Sighting.of(1, Facts.none(), clock.instant()).as(Severity.INFO));
        heard();
        raising.gone(cause, clock.instant());
        raising.gone(small, clock.instant());
        heard();
        send();
        assertThat(types()).containsExactly("alert.raised", "alert.changed", "alert.resolved");
        assertThat(receiver.taken().getLast().json().at("/data/severity").asString())
                .isEqualTo("INFO");
    }

    @Test
    void anEndpointIsSentWhatItAskedForAndNothingElse() {
        subscribe("/stock", List.of(MessageType.STOCK_CHANGED));
        subscribe("/alerts", List.of(MessageType.ALERT_RAISED));
        tellOf(aPlan(), 1);
        tell(new StockChanged(List.of(new ItemId(UUID.randomUUID())), clock.instant()));
        raising.raise(
                new Cause(AlertKind.SYNC_FAILING, Subject.of(account), "feed"),
                Sighting.of("seen", Facts.none(), clock.instant()).as(Severity.CRITICAL));
        heard();
        send();
        assertThat(types()).contains("stock.changed", "alert.raised").doesNotContain("plan.opened");
    }

    @Test
    void withoutAnyEndpointNothingIsKept() {
        var plan = aPlan();
        tellOf(plan, 1);
        var id = subscribe();
        subscribing.replay(id, clock.instant());
        tellOf(plan, 2);
        send();
        assertThat(receiver.listings(plan)).containsExactly(2);
    }

    @Test
    void withoutAnyEndpointAnEventIsNotEvenKeptToBeHeard() {
        assertThat(keptToBeHeard()).isZero();
        subscribe();
        assertThat(keptToBeHeard()).isEqualTo(1);
    }

    private long keptToBeHeard() {
        return transaction.execute(_ -> {
            events.publishEvent(new StockChanged(List.of(new ItemId(UUID.randomUUID())), clock.instant()));
            return jdbc.sql("select count(*) from event_publication where listener_id like '%webhooks%'")
                    .query(Long.class)
                    .single();
        });
    }

    @Test
    void messagesAreForgottenAfterTheirTime() {
        var id = subscribe();
        tellOf(aPlan(), 1);
        send();
        clock.advance(Duration.ofDays(29));
        upkeep.forget();
        assertThat(log(id)).hasSize(1);
        clock.advance(Duration.ofDays(2));
        upkeep.forget();
        assertThat(log(id)).isEmpty();
        assertThat(jdbc.sql("select count(*) from notifications.webhook_subjects")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anotherInstanceHearsOfTheFirstEndpointAtOnce() {
        var other = new Audience(endpoints);
        assertThat(other.listens()).isFalse();
        subscribe();
        assertThat(other.listens()).isTrue();
    }
}
