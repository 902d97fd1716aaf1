package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.InvalidField;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.ManualMovements;
import dev.kontor.inventory.ledger.ManualMovements.MoveStock;
import dev.kontor.inventory.ledger.Movement;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.ledger.Positions.Listed;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.inventory.ledger.StockType;
import dev.kontor.inventory.reading.FulfilledHoldings;
import dev.kontor.inventory.reading.FulfilledHoldings.KeptStock;

@RestController
@RequestMapping("/api/v1/items/{sku}")
@Guarded(Area.INVENTORY)
@Tag(name = "Stock")
class StockController {

    private static final long MOST = 1_000_000_000;
    private static final int LONGEST_KEY = 255;

    private final KnownItem items;
    private final Warehouses warehouses;
    private final Positions positions;
    private final FulfilledHoldings kept;
    private final ManualMovements movements;

    StockController(
            KnownItem items,
            Warehouses warehouses,
            Positions positions,
            FulfilledHoldings kept,
            ManualMovements movements) {
        this.kept = kept;
        this.items = items;
        this.warehouses = warehouses;
        this.positions = positions;
        this.movements = movements;
    }

    /**
     * @param warehouse absent where a marketplace keeps it
     * @param available present less reserved; below 0 more is sold than is there
     * @param oversold how many more
     * @param movements how many the numbers are the sum of; none where a marketplace told them
     * @param kept by whom, where a marketplace keeps it
     */
    @Schema(name = "Position")
    record PositionBody(
            @Nullable UUID warehouse,
            StockType stockType,
            long present,
            long reserved,
            long available,
            long oversold,
            long movements,
            Instant changedAt,
            @Nullable KeptBody kept) {

        static PositionBody of(KeptStock kept) {
            long sellable = (long) kept.sellable() * kept.units();
            long reserved = (long) kept.reserved() * kept.units();
            return new PositionBody(
                    null,
                    StockType.MARKETPLACE,
                    sellable + reserved,
                    reserved,
                    sellable,
                    0,
                    0,
                    kept.asOf(),
                    KeptBody.of(kept));
        }

        static PositionBody of(Positions.Position position) {
            return new PositionBody(
                    position.stock().warehouse().value(),
                    position.stock().type(),
                    position.present(),
                    position.reserved(),
                    position.available(),
                    position.oversold(),
                    position.movements(),
                    position.changedAt(),
                    null);
        }
    }

    /**
     * @param warehouse by the marketplace's name
     * @param scheme the marketplace's word for it
     * @param inbound on the way there, not for sale yet
     */
    @Schema(name = "KeptByMarketplace")
    record KeptBody(
            UUID account,
            UUID listing,
            @Schema(example = "PL") String warehouse,
            @Schema(example = "FBA") String scheme,
            long inbound) {

        static KeptBody of(KeptStock kept) {
            return new KeptBody(
                    kept.account().value(),
                    kept.listing().value(),
                    kept.warehouse(),
                    kept.scheme(),
                    (long) kept.inbound() * kept.units());
        }
    }

    @GetMapping("/positions")
    @Operation(
            summary = "Tell how many there are of an item, and how many are spoken for",
            description =
                    "Own stock is what its movements add up to. What a marketplace keeps and sends (FBA) is what it"
                            + " said last; Kontor reserves and writes none of it.")
    Page<PositionBody> positions(@PathVariable String sku) {
        var item = items.get(sku).id();
        return new Page<>(
                Stream.concat(
                                positions.of(item).stream().map(PositionBody::of),
                                kept.of(item).stream().map(PositionBody::of))
                        .toList(),
                null);
    }

    /**
     * @param number of the movement in its position, from 1 without a gap
     * @param present by how much it changed
     * @param oversold units that are sold and not there, after it
     * @param actor a user or key by its id, or a part of Kontor
     */
    @Schema(name = "Movement")
    record MovementBody(
            UUID warehouse,
            StockType stockType,
            long number,
            MovementKind kind,
            long present,
            long reserved,
            long presentAfter,
            long reservedAfter,
            long availableAfter,
            long oversold,
            @Nullable UUID order,

            @Schema(example = "62ae358b-8f65-4fc4-9c77-bedf604a2e2b") @Nullable
            String line,

            @Schema(example = "0198f3c2-7d0f-7c57-9a0f-3f0a7f2e7f11")
            String actor,

            @Schema(example = "delivery of Monday") String reason,
            Instant at) {

        static MovementBody of(Movement movement) {
            var cause = movement.cause();
            var order = cause.order();
            return new MovementBody(
                    movement.stock().warehouse().value(),
                    movement.stock().type(),
                    movement.number(),
                    movement.kind(),
                    movement.present(),
                    movement.reserved(),
                    movement.presentAfter(),
                    movement.reservedAfter(),
                    movement.availableAfter(),
                    movement.oversold(),
                    order == null ? null : order.value(),
                    cause.line(),
                    cause.actor(),
                    cause.reason(),
                    movement.at());
        }
    }

    @GetMapping("/movements")
    @Operation(summary = "List an item's movements, the newest first, one warehouse after the other")
    Page<MovementBody> movements(@PathVariable String sku, @RequestParam @Nullable UUID warehouse, PageQuery page) {
        var after = page.after(Positions.Place.class).orElse(null);
        var place = warehouse == null ? null : new WarehouseId(warehouse);
        var found = positions.movements(items.get(sku).id(), place, after, page.limit() + 1);
        return Page.cut(found, page, Listed::place).map(listed -> MovementBody.of(listed.movement()));
    }

    enum ManualKind {
        RECEIPT,
        COUNT,
        CORRECTION,
        RETURN
    }

    /** @param warehouse the preferred one where it is absent */
    @Schema(name = "NewMovement")
    record NewMovement(
            @Schema(example = "RECEIPT") @NotNull ManualKind kind,

            @Schema(
                    example = "40",
                    description = "How many came in or back; for a correction by how many it is wrong, which may be"
                            + " negative; for a count how many there are, reserved ones included")
            @NotNull
            Long quantity,

            @Schema(example = "delivery of Monday") @NotBlank @Size(max = 500)
            String reason,

            @Nullable UUID warehouse) {}

    @PostMapping("/movements")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Write a receipt, count, correction or return",
            description = "The same Idempotency-Key writes it once, however often it is sent.")
    ResponseEntity<MovementBody> move(
            @PathVariable String sku,
            @Valid @RequestBody NewMovement body,
            @RequestHeader("Idempotency-Key") String key,
            Caller caller) {
        checked(key);
        if (Math.abs(body.quantity()) > MOST) {
            throw new InvalidField("quantity", "must be at most " + MOST);
        }
        var moved = movements.move(new MoveStock(
                key,
                StockAt.own(items.stocked(sku).id(), warehouse(body.warehouse())),
                MovementKind.valueOf(body.kind().name()),
                body.quantity(),
                caller.actor(),
                body.reason().strip()));
        return ResponseEntity.status(moved.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                .body(MovementBody.of(moved.movement()));
    }

    static String checked(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new InvalidField("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters");
        }
        return key;
    }

    private WarehouseId warehouse(@Nullable UUID wanted) {
        if (wanted == null) {
            return warehouses.preferred().id();
        }
        return warehouses
                .find(new WarehouseId(wanted))
                .orElseThrow(() -> new InvalidField("warehouse", "is the id of no warehouse"))
                .id();
    }
}
