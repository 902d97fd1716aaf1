package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.inventory.reservations.UnmatchedLines;
import dev.kontor.inventory.reservations.UnmatchedLines.UnmatchedLine;

@RestController
@RequestMapping("/api/v1/unmatched-lines")
@Guarded(Area.INVENTORY)
@Tag(name = "Listings")
class UnmatchedLineController {

    private final UnmatchedLines lines;

    UnmatchedLineController(UnmatchedLines lines) {
        this.lines = lines;
    }

    @Schema(name = "UnmatchedLine")
    record UnmatchedLineBody(UUID account, String line, UUID order, UUID listing, long quantity, Instant seenAt) {

        static UnmatchedLineBody of(UnmatchedLine line) {
            return new UnmatchedLineBody(
                    line.account().value(),
                    line.line(),
                    line.order().value(),
                    line.listing().value(),
                    line.quantity(),
                    line.seenAt());
        }
    }

    @GetMapping
    @Operation(
            summary = "List lines of orders that wait for their listing to be linked",
            description = "They move stock as soon as it is.")
    Page<UnmatchedLineBody> list(@RequestParam @Nullable UUID account, PageQuery page) {
        var after = page.after(UnmatchedLines.Position.class).orElse(null);
        var found = lines.list(account == null ? null : new AccountId(account), after, page.limit() + 1);
        return Page.cut(found, page, UnmatchedLines.Position::of).map(UnmatchedLineBody::of);
    }
}
