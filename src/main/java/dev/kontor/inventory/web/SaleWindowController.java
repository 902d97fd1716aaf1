package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.NotFound;
import dev.kontor.inventory.oversells.SaleWindow;
import dev.kontor.inventory.oversells.SaleWindow.Figures;

@RestController
@RequestMapping("/api/v1/accounts/{id}/inventory/window")
@Guarded(Area.INVENTORY)
@Tag(name = "Oversells")
class SaleWindowController {

    private final Accounts accounts;
    private final SaleWindow window;

    SaleWindowController(Accounts accounts, SaleWindow window) {
        this.accounts = accounts;
        this.window = window;
    }

    /**
     * @param measured how many times; the other fields are absent where it is 0
     * @param median seconds that half of them took at most
     * @param p95 seconds that all but the slowest twentieth took at most
     * @param longest seconds
     */
    @Schema(name = "WindowFigures")
    record FiguresBody(
            long measured,
            @Nullable Double median,
            @Nullable Double p95,
            @Nullable Double longest) {

        static FiguresBody of(Figures figures) {
            return new FiguresBody(figures.measured(), figures.median(), figures.p95(), figures.longest());
        }
    }

    /**
     * @param placedToSeen from a sale here until Kontor heard of it
     * @param seenToWritten from hearing of a sale elsewhere until the number here was sent
     * @param writtenToVerified from there until buyers were seen to be shown it
     */
    @Schema(name = "SaleWindow")
    record WindowBody(
            UUID account,
            Instant since,
            Instant until,
            FiguresBody placedToSeen,
            FiguresBody seenToWritten,
            FiguresBody writtenToVerified) {}

    @GetMapping
    @Operation(
            summary = "Tell how long mirrored listings could sell what was sold elsewhere",
            description = "Measured over the last 24 hours: a sale is placed, seen, written to the other listings and"
                    + " verified there.")
    WindowBody get(@PathVariable UUID id) {
        var account = accounts.find(new AccountId(id))
                .orElseThrow(() -> NotFound.of("account", id))
                .id();
        var measured = window.of(account);
        return new WindowBody(
                id,
                measured.since(),
                measured.until(),
                FiguresBody.of(measured.seen()),
                FiguresBody.of(measured.written()),
                FiguresBody.of(measured.verified()));
    }
}
