package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.api.NotFound;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.Takeovers;
import dev.kontor.inventory.reservations.Takeovers.Takeover;

@RestController
@RequestMapping("/api/v1/accounts/{id}/inventory")
@Tag(name = "Stock")
class TakeoverController {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final StockTakeover takeover;

    TakeoverController(Accounts accounts, Takeovers takeovers, StockTakeover takeover) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.takeover = takeover;
    }

    /** @param from orders placed earlier move nothing */
    @Schema(name = "StockTakeover")
    record TakeoverBody(UUID account, Instant from, Instant takenOverAt) {

        static TakeoverBody of(Takeover takeover) {
            return new TakeoverBody(takeover.account().value(), takeover.from(), takeover.takenOverAt());
        }
    }

    @GetMapping
    @Operation(summary = "Tell since when the account's orders move stock")
    TakeoverBody get(@PathVariable UUID id) {
        return takeovers
                .find(known(id))
                .map(TakeoverBody::of)
                .orElseThrow(() -> new NotFound("The orders of account " + id + " move no stock."));
    }

    /** @param from now, where it is absent */
    @Schema(name = "NewStockTakeover")
    record NewTakeover(@Nullable Instant from) {}

    @PutMapping
    @Operation(
            summary = "Let the account's orders move stock from now on, or since a moment of the last 30 days",
            description = "For good: what was sold before is not in the counts, what is sold after is taken off them.")
    TakeoverBody put(@PathVariable UUID id, @RequestBody NewTakeover body, Caller caller) {
        return TakeoverBody.of(takeover.takeOver(known(id), body.from(), StockController.actor(caller)));
    }

    private AccountId known(UUID id) {
        return accounts.find(new AccountId(id))
                .orElseThrow(() -> NotFound.of("account", id))
                .id();
    }
}
