package dev.kontor.inventory.web;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.Version;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.items.Warehouses.Warehouse;

@RestController
@RequestMapping("/api/v1/warehouses")
@Guarded(Area.INVENTORY)
@Tag(name = "Warehouses")
class WarehouseController {

    private final Warehouses warehouses;

    WarehouseController(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    /** @param preferred orders are served from here */
    @Schema(name = "Warehouse")
    record WarehouseBody(UUID id, @Schema(example = "Attic") String name, boolean preferred, Instant createdAt) {

        static WarehouseBody of(Warehouse warehouse) {
            return new WarehouseBody(
                    warehouse.id().value(), warehouse.name(), warehouse.preferred(), warehouse.createdAt());
        }
    }

    @GetMapping
    @Operation(summary = "List warehouses by name")
    Page<WarehouseBody> list() {
        return new Page<>(warehouses.all().stream().map(WarehouseBody::of).toList(), null);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get one warehouse")
    ResponseEntity<WarehouseBody> get(@PathVariable UUID id) {
        return answer(
                ResponseEntity.ok(),
                warehouses.find(new WarehouseId(id)).orElseThrow(() -> NotFound.of("warehouse", id)));
    }

    @Schema(name = "NewWarehouse")
    record NewWarehouse(@Schema(example = "Attic") @NotNull String name) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add a warehouse")
    ResponseEntity<WarehouseBody> create(@Valid @RequestBody NewWarehouse body) {
        var warehouse = warehouses.create(body.name());
        return answer(ResponseEntity.created(URI.create("/api/v1/warehouses/" + warehouse.id())), warehouse);
    }

    @Schema(name = "ChangedWarehouse")
    record ChangedWarehouse(
            @Schema(example = "Attic, left") @Nullable String name,
            @Nullable Boolean preferred) {}

    @PatchMapping("/{id}")
    @Operation(
            summary = "Rename a warehouse, or prefer it",
            description = "Orders to come are served from the preferred one. What was reserved elsewhere stays there.")
    ResponseEntity<WarehouseBody> change(
            @PathVariable UUID id, @RequestBody ChangedWarehouse body, @RequestHeader("If-Match") IfMatch seen) {
        if (Boolean.FALSE.equals(body.preferred())) {
            throw new InvalidField("preferred", "must be true or absent; prefer another warehouse instead");
        }
        var changed = warehouses.change(
                new WarehouseId(id),
                version -> seen.require(new Version(version)),
                body.name(),
                Boolean.TRUE.equals(body.preferred()));
        return answer(ResponseEntity.ok(), changed);
    }

    private static ResponseEntity<WarehouseBody> answer(ResponseEntity.BodyBuilder answer, Warehouse warehouse) {
        return answer.eTag(new Version(warehouse.version()).etag()).body(WarehouseBody.of(warehouse));
    }
}
