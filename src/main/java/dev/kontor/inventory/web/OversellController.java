package dev.kontor.inventory.web;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Table;
import dev.kontor.api.Version;
import dev.kontor.inventory.OversellId;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.oversells.Acknowledgement;
import dev.kontor.inventory.oversells.Competitors;
import dev.kontor.inventory.oversells.Examination;
import dev.kontor.inventory.oversells.Oversell;
import dev.kontor.inventory.oversells.Oversell.State;
import dev.kontor.inventory.oversells.Oversells;
import dev.kontor.inventory.oversells.Oversells.Filter;
import dev.kontor.inventory.policies.Policies;
import dev.kontor.inventory.policies.PolicyTarget;
import dev.kontor.inventory.web.OversellBody.ActionBody;
import dev.kontor.inventory.web.OversellBody.CompetitorBody;
import dev.kontor.inventory.web.OversellBody.Kind;

@RestController
@RequestMapping("/api/v1/oversells")
@Guarded(Area.INVENTORY)
@Tag(name = "Oversells")
class OversellController {

    private static final int MOST_COMPETITORS = 100;

    private final Oversells oversells;
    private final Examination examination;
    private final Competitors competitors;
    private final Acknowledgement acknowledgement;
    private final Positions positions;
    private final Policies policies;
    private final Items items;

    OversellController(
            Oversells oversells,
            Examination examination,
            Competitors competitors,
            Acknowledgement acknowledgement,
            Positions positions,
            Policies policies,
            Items items) {
        this.oversells = oversells;
        this.examination = examination;
        this.competitors = competitors;
        this.acknowledgement = acknowledgement;
        this.positions = positions;
        this.policies = policies;
        this.items = items;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "List what was sold and is not there, the newest first",
            description = "One for each order's line, count or correction that made it so or worse. It is RESOLVED by"
                    + " itself when there is enough again.")
    Page<OversellBody> list(
            @RequestParam @Nullable State state,
            @Schema(description = "SKU or id") @RequestParam @Nullable String item,
            @RequestParam @Nullable UUID account,
            PageQuery page) {
        var after = page.after(Oversells.Position.class).orElse(null);
        var found = oversells.list(filter(state, item, account), after, page.limit() + 1);
        return Page.cut(found, page, Oversells.Position::of).map(OversellBody::of);
    }

    @GetMapping(produces = {Table.CSV, Table.XLSX})
    @Operation(summary = "Export what was sold and is not there as a table")
    Table<Oversell> export(
            @RequestParam @Nullable State state,
            @RequestParam @Nullable String item,
            @RequestParam @Nullable UUID account) {
        var filter = filter(state, item, account);
        return OversellTable.of(rows -> oversells.forEach(filter, rows));
    }

    private Filter filter(@Nullable State state, @Nullable String item, @Nullable UUID account) {
        return new Filter(
                state,
                item == null
                        ? null
                        : items.find(item)
                                .orElseThrow(() -> new InvalidField("item", "is the SKU or id of no item"))
                                .id(),
                account == null ? null : new AccountId(account));
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Get one oversell: why it came about, who wants the same units, and what can be done",
            description = "Causes are derived from what is on record, each with the instants that prove it. Where"
                    + " nothing is found it is UNEXPLAINED, and looked for again for a day.")
    ResponseEntity<OversellBody> get(@PathVariable UUID id) {
        return answer(oversells.find(new OversellId(id)).orElseThrow(() -> NotFound.of("oversell", id)));
    }

    @Schema(name = "OversellAcknowledgement")
    record AcknowledgementBody(
            @Schema(description = "What is done about it, for whoever asks later") @NotBlank @Size(max = 500)
            String note) {}

    @PostMapping("/{id}/acknowledge")
    @Operation(
            summary = "Accept that it was oversold",
            description = "Moves no stock. Who said so and when is kept; saying the same again changes nothing.")
    ResponseEntity<OversellBody> acknowledge(
            @PathVariable UUID id,
            @Valid @RequestBody AcknowledgementBody body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return answer(acknowledgement.acknowledge(
                new OversellId(id), caller.actor(), body.note().strip(), version -> {
                    if (seen != null) {
                        seen.require(new Version(version));
                    }
                }));
    }

    private ResponseEntity<OversellBody> answer(Oversell oversell) {
        var found = oversell.cause() == null ? examination.of(oversell) : oversell.findings();
        var cause =
                oversell.cause() == null && !found.isEmpty() ? found.getFirst().cause() : oversell.cause();
        var wanted = competitors.of(oversell.stock(), MOST_COMPETITORS).stream()
                .map(CompetitorBody::of)
                .toList();
        return ResponseEntity.ok()
                .eTag(new Version(oversell.version()).etag())
                .body(OversellBody.whole(oversell, cause, found, now(oversell), wanted, actions(oversell, wanted)));
    }

    private long now(Oversell oversell) {
        return positions.of(oversell.stock().item()).stream()
                .filter(position -> position.stock().equals(oversell.stock()))
                .mapToLong(Positions.Position::oversold)
                .sum();
    }

    private List<ActionBody> actions(Oversell oversell, List<CompetitorBody> wanted) {
        var item = items.find(oversell.stock().item()).orElseThrow();
        var actions = new ArrayList<ActionBody>();
        if (oversell.state() != State.RESOLVED) {
            if (!wanted.isEmpty()) {
                actions.add(new ActionBody(
                        Kind.CANCEL_ORDER,
                        "Cancel one of these orders at its marketplace; Kontor writes no orders.",
                        null,
                        null,
                        wanted));
            }
            actions.add(new ActionBody(
                    Kind.RECEIVE_STOCK,
                    "Enter goods that have come in.",
                    "POST",
                    "/api/v1/items/" + item.id() + "/movements",
                    null));
        }
        if (!divided(item)) {
            actions.add(new ActionBody(
                    Kind.PUT_INTO_ESCROW,
                    "Let listings share the units from now on, so that none is sold twice.",
                    "PUT",
                    "/api/v1/policies/items/" + item.id(),
                    null));
        }
        if (oversell.acknowledgedAt() == null) {
            actions.add(new ActionBody(
                    Kind.ACKNOWLEDGE,
                    "Accept it, with a note.",
                    "POST",
                    "/api/v1/oversells/" + oversell.id() + "/acknowledge",
                    null));
        }
        return actions;
    }

    private boolean divided(Item item) {
        return policies.find(new PolicyTarget(Level.ITEM, item.id().value())).stream()
                .anyMatch(policy -> policy.wish().strategy() == Strategy.ESCROW);
    }
}
