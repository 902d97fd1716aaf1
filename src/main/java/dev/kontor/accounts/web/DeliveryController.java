package dev.kontor.accounts.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.hooks.Announcement;
import dev.kontor.accounts.hooks.Deliveries;
import dev.kontor.accounts.hooks.Delivery;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.marketplaces.Push.Subject;

@RestController
@RequestMapping("/api/v1/hooks")
@Guarded(Area.ACCOUNTS)
@Tag(name = "Hooks")
class DeliveryController {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Deliveries deliveries;
    private final Announcement announcement;

    DeliveryController(Deliveries deliveries, Announcement announcement) {
        this.deliveries = deliveries;
        this.announcement = announcement;
    }

    private record Position(Instant receivedAt, UUID id) {}

    @Schema(name = "HookDelivery")
    record DeliveryBody(
            UUID id,
            UUID account,
            Subject subject,

            @Schema(example = "order_updated", description = "The marketplace's own word for what happened")
            String type,

            @Schema(
                    example = "a1b2c3d4-0000-4000-8000-000000000001",
                    description = "Which order or listing, by its id there")
            @Nullable
            String about,

            Instant occurredAt,
            Instant receivedAt,
            Delivery.State state,

            @Schema(example = "unavailable: 503", description = "Why it was dropped or failed") @Nullable
            String reason,

            int attempts,
            @Nullable Instant processedAt) {

        static DeliveryBody of(Delivery delivery) {
            var hint = delivery.hint();
            return new DeliveryBody(
                    delivery.id(),
                    delivery.account().value(),
                    hint.subject(),
                    hint.type(),
                    hint.about(),
                    hint.occurredAt(),
                    delivery.receivedAt(),
                    delivery.state(),
                    delivery.reason(),
                    delivery.attempts(),
                    delivery.processedAt());
        }
    }

    @GetMapping
    @Operation(
            summary = "List what marketplaces told by themselves, newest first",
            description = "Each with what became of it; what is older than a month is forgotten.")
    Page<DeliveryBody> list(
            @RequestParam @Nullable UUID account, @RequestParam Delivery.@Nullable State state, PageQuery page) {
        var after = page.after(Position.class).orElse(new Position(LATEST, new UUID(0, 0)));
        var found = deliveries.page(account, state, after.receivedAt(), after.id(), page.limit() + 1);
        return Page.cut(found, page, delivery -> new Position(delivery.receivedAt(), delivery.id()))
                .map(DeliveryBody::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show one of them")
    DeliveryBody show(@PathVariable UUID id) {
        return deliveries.find(id).map(DeliveryBody::of).orElseThrow(() -> NotFound.of("delivery", id));
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Act on one again that failed, at once")
    void retry(@PathVariable UUID id) {
        announcement.retry(id);
    }
}
