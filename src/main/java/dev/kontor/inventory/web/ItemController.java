package dev.kontor.inventory.web;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
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
import jakarta.validation.constraints.NotNull;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Table;
import dev.kontor.api.Version;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.ledger.Positions;

@RestController
@RequestMapping("/api/v1/items")
@Guarded(Area.INVENTORY)
@Tag(name = "Items")
class ItemController {

    private final Items items;
    private final Catalogue catalogue;
    private final KnownItem known;
    private final Positions positions;

    ItemController(Items items, Catalogue catalogue, KnownItem known, Positions positions) {
        this.items = items;
        this.catalogue = catalogue;
        this.known = known;
        this.positions = positions;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List items by SKU", description = "`q` is looked for in SKU and name.")
    Page<ItemBody> list(
            @RequestParam @Nullable ItemType type,
            @RequestParam @Nullable String ean,
            @RequestParam @Nullable String q,
            PageQuery page) {
        var after = page.after(Items.Position.class).orElse(null);
        var found = items.list(new Items.Filter(type, ean, q), after, page.limit() + 1);
        return Page.cut(found, page, Items.Position::of).map(ItemBody::of);
    }

    @GetMapping(produces = {Table.CSV, Table.XLSX})
    @Operation(summary = "Export items as a table, with what there is of each in all own warehouses")
    Table<ItemTable.Row> export(
            @RequestParam @Nullable ItemType type,
            @RequestParam @Nullable String ean,
            @RequestParam @Nullable String q) {
        return ItemTable.of(rows -> items.forEach(new Items.Filter(type, ean, q), rows), positions);
    }

    @GetMapping("/{sku}")
    @Operation(summary = "Get one item, by its SKU or its id")
    ResponseEntity<ItemBody> get(@PathVariable String sku) {
        return answer(ResponseEntity.ok(), known.get(sku));
    }

    /** @param parts with how many of each go into one; for a bundle only */
    @Schema(name = "NewItem")
    record NewItem(
            @Schema(example = "CUPS-BLUE") @NotNull String sku,

            @Schema(example = "Set of two blue cups") @NotNull
            String name,

            @Schema(example = "5901234123457") @Nullable String ean,
            @Schema(example = "BUNDLE") @NotNull ItemType type,
            @Nullable List<@NotNull @Valid PartBody> parts) {

        ItemWish wish() {
            return new ItemWish(sku, name, ean, type, PartBody.parts(parts));
        }
    }

    @Schema(name = "Part")
    record PartBody(@NotNull String sku, int quantity) {

        private static List<Part> parts(@Nullable List<PartBody> bodies) {
            return bodies == null
                    ? List.of()
                    : bodies.stream()
                            .map(body -> new Part(body.sku().strip(), body.quantity()))
                            .toList();
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add an item")
    ResponseEntity<ItemBody> create(@Valid @RequestBody NewItem body) {
        var item = catalogue.create(body.wish());
        return answer(ResponseEntity.created(URI.create("/api/v1/items/" + item.id())), item);
    }

    /** Whatever is absent stays. */
    @Schema(name = "ChangedItem")
    record ChangedItem(
            @Schema(example = "Large blue cup") @Nullable String name,

            @Schema(example = "5901234123457", description = "Empty text takes the EAN away") @Nullable
            String ean,

            @Nullable List<@NotNull @Valid PartBody> parts) {

        ItemWish applied(ItemWish before) {
            return new ItemWish(
                    before.sku(),
                    name == null ? before.name() : name,
                    ean == null ? before.ean() : ean,
                    before.type(),
                    parts == null ? before.parts() : PartBody.parts(parts));
        }
    }

    @PatchMapping("/{sku}")
    @Operation(
            summary = "Change an item's name, EAN or parts",
            description =
                    "Its SKU and type stay. What orders have reserved of a bundle's parts stays until they change.")
    ResponseEntity<ItemBody> change(
            @PathVariable String sku, @Valid @RequestBody ChangedItem body, @RequestHeader("If-Match") IfMatch seen) {
        var changed =
                catalogue.change(known.get(sku).id(), version -> seen.require(new Version(version)), body::applied);
        return answer(ResponseEntity.ok(), changed);
    }

    private static ResponseEntity<ItemBody> answer(ResponseEntity.BodyBuilder answer, Item item) {
        return answer.eTag(new Version(item.version()).etag()).body(ItemBody.of(item));
    }
}
