package dev.kontor.operations.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.operations.runs.SyncRuns;

@RestController
@RequestMapping("/api/v1/sync-runs")
@Guarded(Area.OPERATIONS)
@Tag(name = "Sync runs")
class SyncRunController {

    private final SyncRuns runs;

    SyncRunController(SyncRuns runs) {
        this.runs = runs;
    }

    /**
     * @param account absent where the loop is for all
     * @param skipped how many records changed nothing, by reason
     */
    record RunBody(
            UUID id,
            @Nullable UUID account,
            @Schema(example = "feed") String kind,
            Status status,
            long read,
            long changed,
            Map<String, Long> skipped,
            Instant startedAt,
            Instant finishedAt,
            long durationMillis,
            @Schema(example = "unavailable: 503") @Nullable String error) {

        static RunBody of(RunFinished run) {
            var account = run.account();
            return new RunBody(
                    run.id(),
                    account == null ? null : account.value(),
                    run.kind(),
                    run.status(),
                    run.read(),
                    run.changed(),
                    run.skipped(),
                    run.startedAt(),
                    run.finishedAt(),
                    Duration.between(run.startedAt(), run.finishedAt()).toMillis(),
                    run.error());
        }
    }

    @GetMapping
    @Operation(summary = "List the runs of all loops, the newest first")
    Page<RunBody> list(
            @RequestParam @Nullable UUID account,
            @RequestParam @Nullable String kind,
            @RequestParam @Nullable Status status,
            PageQuery page) {
        var after = page.after(SyncRuns.Position.class).orElse(null);
        var found = runs.list(new SyncRuns.Filter(account, kind, status), after, page.limit() + 1);
        return Page.cut(found, page, run -> new SyncRuns.Position(run.finishedAt(), run.id()))
                .map(RunBody::of);
    }
}
