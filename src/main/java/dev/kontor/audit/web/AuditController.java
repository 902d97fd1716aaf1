package dev.kontor.audit.web;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.InvalidField;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Table;
import dev.kontor.audit.Actor;
import dev.kontor.audit.chain.Head;
import dev.kontor.audit.chain.Verdict;
import dev.kontor.audit.chain.Verification;
import dev.kontor.audit.entries.AuditEntries;
import dev.kontor.audit.entries.AuditEntries.Filter;
import dev.kontor.audit.entries.AuditEntries.Position;
import dev.kontor.audit.entries.AuditEntry;

@RestController
@RequestMapping("/api/v1/audit")
@Guarded(value = Area.AUDIT, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
@Tag(name = "Audit log")
class AuditController {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final AuditEntries entries;
    private final Verification verification;
    private final JsonMapper json;

    AuditController(AuditEntries entries, Verification verification, JsonMapper json) {
        this.entries = entries;
        this.verification = verification;
        this.json = json;
    }

    /** @param id of the user, the key or the bot's user, or the name of the job */
    @Schema(name = "AuditActor")
    record ActorBody(
            @Schema(example = "PERSON") String kind,

            @Schema(example = "0198f3c2-7d0f-7c57-9a0f-3f0a7f2e7f11")
            String id,

            @Schema(example = "Anna") String name) {}

    /** @param id a SKU, an id, or a name, as its type has it */
    @Schema(name = "AuditObject")
    record ObjectBody(
            @Schema(example = "account") String type,

            @Schema(example = "0198f3c2-7d0f-7c57-9a0f-3f0a7f2e7f12")
            String id) {}

    /**
     * @param before the fields that changed as they were; what nobody may see is `***`
     * @param after the same as they are now
     * @param address from which the request came
     * @param correlation the `X-Correlation-Id` of the request's answer, or the name of the job's run
     */
    @Schema(name = "AuditEntry")
    record EntryBody(
            UUID id,
            Instant at,
            ActorBody actor,
            @Schema(example = "account.renamed") String action,
            ObjectBody object,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after,
            @Schema(example = "203.0.113.7") @Nullable String address,

            @Schema(example = "0198f3c2-7d0f-7c57-9a0f-3f0a7f2e7f13")
            String correlation) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "List who did what, the newest first",
            description =
                    "Every change by a person, a key, a bot or a job, and every reading of personal data in clear.")
    Page<EntryBody> list(
            @RequestParam Actor.@Nullable Kind actorKind,
            @Schema(description = "Id of the user or key, or name of the job") @RequestParam @Nullable String actor,
            @Schema(example = "account.renamed") @RequestParam @Nullable String action,
            @Schema(example = "account") @RequestParam @Nullable String objectType,
            @RequestParam @Nullable String objectId,
            @Schema(description = "Inclusive") @RequestParam @Nullable Instant from,
            @Schema(description = "Exclusive") @RequestParam @Nullable Instant until,
            @RequestParam @Nullable String correlation,
            PageQuery page) {
        var filter = filter(actorKind, actor, action, objectType, objectId, from, until, correlation);
        var found = entries.list(filter, page.after(Position.class).orElse(null), page.limit() + 1);
        return Page.cut(found, page, Position::of).map(numbered -> body(numbered.entry()));
    }

    @GetMapping(produces = {Table.CSV, Table.XLSX})
    @Operation(summary = "Export who did what as a table, the newest first")
    Table<AuditEntry> export(
            @RequestParam Actor.@Nullable Kind actorKind,
            @RequestParam @Nullable String actor,
            @RequestParam @Nullable String action,
            @RequestParam @Nullable String objectType,
            @RequestParam @Nullable String objectId,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant until,
            @RequestParam @Nullable String correlation) {
        var filter = filter(actorKind, actor, action, objectType, objectId, from, until, correlation);
        return AuditTable.of(rows -> entries.forEach(filter, rows));
    }

    /**
     * @param links how many entries are sealed
     * @param unsealed entries that are not yet; it takes a second
     * @param broken how many links or entries are not what they should be
     * @param head keep it outside of this database, and give it to a later verification
     */
    @Schema(name = "AuditVerdict")
    record VerdictBody(
            boolean intact,
            long links,
            long unsealed,
            long broken,
            @Nullable BreakBody first,
            @Nullable String head,
            Instant verifiedAt) {

        static VerdictBody of(Verdict verdict) {
            var first = verdict.first();
            var head = verdict.head();
            return new VerdictBody(
                    verdict.intact(),
                    verdict.links(),
                    verdict.unsealed(),
                    verdict.broken(),
                    first == null
                            ? null
                            : new BreakBody(first.kind(), first.kind().meaning(), first.sequence(), first.entry()),
                    head == null ? null : head.toString(),
                    verdict.verifiedAt());
        }
    }

    @Schema(name = "AuditBreak")
    record BreakBody(
            Verdict.Kind kind,
            String meaning,
            @Nullable Long sequence,
            @Nullable UUID entry) {}

    @PostMapping("/verification")
    @Operation(
            summary = "Verify that no entry was changed, inserted or taken away",
            description =
                    "Goes over all of it, and names the first that does not hold. Nothing stops meanwhile. That the"
                            + " newest entries were cut off shows only against an earlier `head`.")
    VerdictBody verify(
            @Schema(description = "The `head` of an earlier verification") @RequestParam @Nullable String head) {
        return VerdictBody.of(verification.verify(head == null ? null : parsed(head)));
    }

    private static Head parsed(String head) {
        try {
            return Head.parse(head);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("head", "must be the head that an earlier verification told, such as 12:0a1b…");
        }
    }

    private static Filter filter(
            Actor.@Nullable Kind actorKind,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String objectType,
            @Nullable String objectId,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String correlation) {
        if (from != null && until != null && !from.isBefore(until)) {
            throw new InvalidField("until", "must be after from");
        }
        return new Filter(actorKind, actor, action, objectType, objectId, from, until, correlation);
    }

    private EntryBody body(AuditEntry entry) {
        return new EntryBody(
                entry.id(),
                entry.at(),
                new ActorBody(entry.actorKind(), entry.actorId(), entry.actorName()),
                entry.action(),
                new ObjectBody(entry.objectType(), entry.objectId()),
                fields(entry.before()),
                fields(entry.after()),
                entry.address(),
                entry.correlation());
    }

    private @Nullable Map<String, Object> fields(@Nullable String text) {
        return text == null ? null : json.readValue(text, FIELDS);
    }
}
