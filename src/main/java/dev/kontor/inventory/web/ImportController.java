package dev.kontor.inventory.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.access.Caller;
import dev.kontor.api.Area;
import dev.kontor.api.ContentTooLarge;
import dev.kontor.api.Guarded;
import dev.kontor.api.Table;
import dev.kontor.inventory.imports.ImportReport;
import dev.kontor.inventory.imports.ItemImport;

@RestController
@RequestMapping("/api/v1/items/import")
@Guarded(Area.INVENTORY)
@Tag(name = "Items")
class ImportController {

    private static final int LARGEST = 16 << 20;

    private final ItemImport imports;

    ImportController(ItemImport imports) {
        this.imports = imports;
    }

    @PostMapping(consumes = {Table.CSV, Table.XLSX})
    @Operation(
            summary = "Import items from a table",
            description = "The first line names the columns: sku, and of name, ean, type, parts (`CUP*2, SAUCER*2`) and"
                    + " count (how many there are, for items without movements) those that are there. An empty cell"
                    + " leaves what is known. Good rows are taken, every other one is told of. With `recount` it is a"
                    + " stocktaking: counts, reserved goods included, hold for items with movements too, in the"
                    + " preferred warehouse; of items that are not in the table nothing is said. A repeated"
                    + " Idempotency-Key counts once.")
    @RequestBody(
            content = {
                @Content(mediaType = Table.CSV, schema = @Schema(type = "string")),
                @Content(mediaType = Table.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    ImportReport take(
            InputStream body,
            @Parameter(hidden = true) @RequestHeader("Content-Type") String type,
            @RequestParam(defaultValue = "false") boolean recount,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Caller caller)
            throws IOException {
        var file = body.readNBytes(LARGEST + 1);
        if (file.length > LARGEST) {
            throw new ContentTooLarge(LARGEST);
        }
        var actor = caller.actor();
        var counting = recount ? actor + "/" + (key == null ? UUID.randomUUID() : StockController.checked(key)) : null;
        return type.startsWith(Table.CSV) ? imports.csv(file, counting, actor) : imports.xlsx(file, counting, actor);
    }
}
