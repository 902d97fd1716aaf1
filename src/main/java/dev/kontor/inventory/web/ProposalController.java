package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.access.Caller;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.inventory.listings.Proposal;
import dev.kontor.inventory.listings.Proposals;
import dev.kontor.inventory.reservations.Linking;

@RestController
@RequestMapping("/api/v1/listing-proposals")
@Guarded(Area.INVENTORY)
@Tag(name = "Listings")
class ProposalController {

    private final Proposals proposals;
    private final Linking linking;

    ProposalController(Proposals proposals, Linking linking) {
        this.proposals = proposals;
        this.linking = linking;
    }

    /** @param evidence why one might think so */
    @Schema(name = "ListingProposal")
    record ProposalBody(
            UUID id,
            UUID listing,
            UUID item,
            String evidence,
            Proposal.State state,
            @Nullable String decidedBy,
            Instant proposedAt,
            @Nullable Instant decidedAt) {

        static ProposalBody of(Proposal proposal) {
            return new ProposalBody(
                    proposal.id(),
                    proposal.listing().value(),
                    proposal.item().value(),
                    proposal.evidence(),
                    proposal.state(),
                    proposal.decidedBy(),
                    proposal.proposedAt(),
                    proposal.decidedAt());
        }
    }

    @GetMapping
    @Operation(
            summary = "List what Kontor thinks that listings sell, the oldest first",
            description = "Where only one item could be meant, it was accepted by `matching`.")
    Page<ProposalBody> list(@RequestParam(defaultValue = "OPEN") Proposal.State state, PageQuery page) {
        var after = page.after(Proposals.Position.class).orElse(null);
        var found = proposals.list(state, after, page.limit() + 1);
        return Page.cut(found, page, Proposals.Position::of).map(ProposalBody::of);
    }

    @PostMapping("/{id}/accept")
    @Operation(summary = "Link the listing as proposed")
    ProposalBody accept(@PathVariable UUID id, @RequestParam(defaultValue = "1") int units, Caller caller) {
        if (units < 1 || units > ListingController.MOST_UNITS) {
            throw new InvalidField("units", "must be from 1 to " + ListingController.MOST_UNITS);
        }
        linking.accept(id, units, caller.actor());
        return get(id);
    }

    @PostMapping("/{id}/reject")
    @Operation(summary = "Say that the listing does not sell that item")
    ProposalBody reject(@PathVariable UUID id, Caller caller) {
        linking.reject(id, caller.actor());
        return get(id);
    }

    @PostMapping("/{id}/undo")
    @Operation(
            summary = "Open a decided proposal again",
            description = "A link that came of it is taken away. Kontor does not decide it a second time by itself.")
    ProposalBody undo(@PathVariable UUID id, Caller caller) {
        linking.undo(id, caller.actor());
        return get(id);
    }

    private ProposalBody get(UUID id) {
        return proposals.find(id).map(ProposalBody::of).orElseThrow(() -> NotFound.of("proposal", id));
    }
}
