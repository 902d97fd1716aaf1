package dev.kontor.notifications.webhooks;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.orders.OrderView;

/**
 * The data of a message: ids by which the interface tells the rest, and nothing that anybody wrote, so nothing personal but
 * what an endpoint was granted. What is here may get more fields; what changes its meaning gets another {@link Message#SCHEMA_VERSION}.
 */
public sealed interface Payload {

    /**
     * @param externalId by which the marketplace knows it; absent, like what follows, where nothing is known but the id
     * @param version grows with every change; of two messages the one with the greater version is the later one
     * @param mergedInto the order that took over its lines
     * @param buyer what the marketplace tells of the buyer, by JSON pointer into the order's document; only in
     *     `order.placed`, `order.updated` and `order.reappeared`, only at an endpoint that was granted personal data, as it is
     *     when it is sent, and absent when the buyer was erased; never kept with the message
     */
    @Schema(name = "WebhookOrder")
    record Order(
            UUID order,
            UUID account,

            @Schema(example = "62ae358b-8f65-4fc4-9c77-bedf604a2e2b") @Nullable
            String externalId,

            @Schema(example = "PAID") @Nullable String status,
            @Nullable Integer version,
            @Nullable UUID mergedInto,

            @Schema(example = "{\"/buyer/email\": \"buyer@mail.example\"}") @Nullable
            Map<String, Object> buyer)
            implements Payload {

        Order(
                UUID order,
                UUID account,
                @Nullable String externalId,
                @Nullable String status,
                @Nullable Integer version,
                @Nullable UUID mergedInto) {
            this(order, account, externalId, status, version, mergedInto, null);
        }

        /** The buyer is somebody. */
        @Override
        public String toString() {
            return "Order[" + order + "]";
        }

        static Order of(OrderView order, @Nullable UUID mergedInto) {
            return new Order(
                    order.id().value(),
                    order.account().value(),
                    order.externalId(),
                    order.version() == 0 ? null : order.status().name(),
                    order.version(),
                    mergedInto);
        }
    }

    @Schema(name = "WebhookStock")
    record Stock(UUID item) implements Payload {}

    /**
     * @param units by how many it became worse; absent where it ended
     * @param order that made it so, if one did
     */
    @Schema(name = "WebhookOversell")
    record Oversell(
            UUID oversell,
            UUID item,
            @Nullable Long units,
            @Nullable UUID order) implements Payload {}

    /**
     * @param account whose listings wait; absent where several are concerned, and where it is decided
     * @param listings how many waited when it was opened
     */
    @Schema(name = "WebhookPlan")
    record Plan(UUID plan, @Nullable UUID account, @Nullable Integer listings) implements Payload {}

    /**
     * @param verified what it was seen to show before
     * @param shown what it shows
     */
    @Schema(name = "WebhookQuantity")
    record Quantity(UUID listing, UUID account, long verified, long shown) implements Payload {}

    /**
     * @param marketplace where it was activated
     * @param reason why it stopped
     */
    @Schema(name = "WebhookAccount")
    record Account(UUID account, @Nullable String marketplace, AccountDeactivated.@Nullable Reason reason)
            implements Payload {}

    /**
     * @param change what is other than it was
     * @param level how often it was escalated
     * @param byPerson whether a person said that it is over
     */
    @Schema(name = "WebhookAlert")
    record Alert(
            UUID alert,
            AlertKind kind,
            Severity severity,
            AlertChanged.@Nullable Change change,
            @Nullable Integer level,
            @Nullable Boolean byPerson)
            implements Payload {}

    @Schema(name = "WebhookPing")
    record Ping(UUID endpoint) implements Payload {}
}
