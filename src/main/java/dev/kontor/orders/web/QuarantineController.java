package dev.kontor.orders.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.api.Area;
import dev.kontor.api.Conflict;
import dev.kontor.api.Guarded;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.orders.loops.LoopSchedule;
import dev.kontor.orders.quarantine.QuarantineEntries;

@RestController
@RequestMapping("/api/v1/quarantine")
@Guarded(Area.ORDERS)
@Tag(name = "Quarantine")
class QuarantineController {

    private final QuarantineEntries entries;
    private final LoopSchedule schedule;

    QuarantineController(QuarantineEntries entries, LoopSchedule schedule) {
        this.entries = entries;
        this.schedule = schedule;
    }

    private record Position(UUID id) {}

    /** A record that could not be read; what it says stays in the vault. */
    record EntryBody(
            UUID id,
            UUID account,
            String kind,
            @Nullable String externalId,
            String reason,
            String source,
            int tries,
            Instant firstSeenAt,
            Instant lastTriedAt,
            @Nullable Instant resolvedAt,

            @Schema(
                    description = "It may be a sale: no later one of the account counts as known, so no reading of its"
                            + " listings sets units free for others, until the record is read or acknowledged")
            @Nullable
            Instant salesKnownUntil,

            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable String note) {

        static EntryBody of(QuarantineEntries.Entry entry) {
            return new EntryBody(
                    entry.id(),
                    entry.account().value(),
                    entry.kind(),
                    entry.externalId(),
                    entry.reason(),
                    entry.source(),
                    entry.tries(),
                    entry.firstSeenAt(),
                    entry.lastTriedAt(),
                    entry.resolvedAt(),
                    entry.salesKnownUntil(),
                    entry.acknowledgedBy(),
                    entry.acknowledgedAt(),
                    entry.note());
        }
    }

    @GetMapping
    @Operation(
            summary = "List records that could not be read",
            description = "Those that were read since only if asked.")
    Page<EntryBody> list(
            @RequestParam @Nullable UUID account,
            @RequestParam(defaultValue = "false") boolean resolved,
            PageQuery page) {
        var after = page.after(Position.class).map(Position::id).orElse(new UUID(0, 0));
        var found = entries.list(account == null ? null : new AccountId(account), resolved, after, page.limit() + 1);
        return Page.cut(found, page, entry -> new Position(entry.id())).map(EntryBody::of);
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Try to read a record again, at once")
    void retry(@PathVariable UUID id) {
        var entry = entries.find(id).orElseThrow(() -> NotFound.of("quarantined record", id));
        if (entry.resolvedAt() != null) {
            throw new Conflict("already-resolved", "The record was read in the meantime.");
        }
        if (entry.externalId() == null) {
            throw new Conflict(
                    "no-order-id", "The record names no order that could be read again; the certificate covers it.");
        }
        entries.retrySoon(id);
        schedule.runNow("sweep", entry.account());
    }

    @Schema(name = "QuarantineAcknowledgement")
    record AcknowledgementBody(
            @Schema(description = "What it sold and what was done about it, for whoever asks later; no buyers' names")
            @NotBlank
            @Size(max = 500)
            String note) {}

    @PostMapping("/{id}/acknowledge")
    @Operation(
            summary = "Answer for a record that cannot be read",
            description =
                    "First take off by hand what it sold, if anything, as a movement of the items. From then on it"
                            + " holds back no longer what counts as known of the account's sales. It stays here and goes on"
                            + " being tried; should it be read after all, its goods are reserved like any other order's, and"
                            + " what was taken off by hand is to be put back. Who said so and when is kept; saying the same"
                            + " again changes nothing.")
    EntryBody acknowledge(@PathVariable UUID id, @Valid @RequestBody AcknowledgementBody body, Caller caller) {
        return EntryBody.of(entries.acknowledge(id, caller.actor(), body.note().strip()));
    }
}
