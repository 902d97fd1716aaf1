package dev.kontor.orders.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Area;
import dev.kontor.api.Conflict;
import dev.kontor.api.Guarded;
import dev.kontor.api.NotFound;
import dev.kontor.orders.backfill.Backfill;
import dev.kontor.orders.backfill.BackfillState;

@RestController
@RequestMapping("/api/v1/accounts/{id}/backfill")
@Guarded(Area.ORDERS)
@Tag(name = "Backfill")
class BackfillController {

    private final KnownAccount accounts;
    private final Backfill backfill;

    BackfillController(KnownAccount accounts, Backfill backfill) {
        this.accounts = accounts;
        this.backfill = backfill;
    }

    /**
     * @param reachedAt every order of the period placed before is in the archive
     * @param total orders in the whole period as the marketplace counted them at the beginning
     * @param progress 0 to 1
     * @param ordersPerSecond while at work
     * @param secondsLeft at that rate
     */
    record BackfillBody(
            BackfillState.Phase state,
            Instant from,
            Instant to,
            Instant reachedAt,
            long read,
            @Nullable Long total,
            double progress,
            double ordersPerSecond,
            @Nullable Long secondsLeft,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        static BackfillBody of(BackfillState state) {
            var left = state.timeLeft();
            return new BackfillBody(
                    state.phase(),
                    state.period().from(),
                    state.period().to(),
                    state.reachedAt(),
                    state.read(),
                    state.total(),
                    Math.round(state.progress() * 10_000) / 10_000.0,
                    Math.round(state.rate() * 10) / 10.0,
                    left == null ? null : left.toSeconds(),
                    state.startedAt(),
                    state.finishedAt());
        }
    }

    @GetMapping
    @Operation(summary = "Tell how far the account's past was brought in")
    BackfillBody get(@PathVariable UUID id) {
        return body(accounts.get(id).id());
    }

    @PostMapping("/pause")
    @Operation(summary = "Pause a running backfill")
    BackfillBody pause(@PathVariable UUID id) {
        var account = accounts.get(id).id();
        if (!backfill.pause(account)) {
            throw new Conflict("backfill-not-running", "The backfill is not running.");
        }
        return body(account);
    }

    @PostMapping("/resume")
    @Operation(summary = "Resume a paused backfill")
    BackfillBody resume(@PathVariable UUID id) {
        var account = accounts.get(id).id();
        if (!backfill.resume(account)) {
            throw new Conflict("backfill-not-paused", "The backfill is not paused.");
        }
        return body(account);
    }

    private BackfillBody body(AccountId account) {
        return backfill.state(account)
                .map(BackfillBody::of)
                .orElseThrow(() -> new NotFound("The backfill of account " + account + " has not begun yet."));
    }
}
