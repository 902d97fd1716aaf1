package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.NotFound;
import dev.kontor.api.PreconditionRequired;
import dev.kontor.api.Version;
import dev.kontor.inventory.reservations.Takeovers;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.inventory.reservations.Takeovers.Takeover;
import dev.kontor.inventory.reservations.Takeovers.Truth;
import dev.kontor.inventory.truth.Comparison;
import dev.kontor.inventory.truth.StockTruth;
import dev.kontor.inventory.truth.StockTruth.Answer;
import dev.kontor.inventory.truth.StockTruth.Figures;

@RestController
@RequestMapping("/api/v1/accounts/{id}/inventory")
@Guarded(Area.INVENTORY)
@Tag(name = "Stock")
class TakeoverController {

    private static final int MOST_DIFFERENCES = 200;

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final StockTruth truth;

    TakeoverController(Accounts accounts, Takeovers takeovers, StockTruth truth) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.truth = truth;
    }

    /**
     * @param truth absent as long as nobody has said which side is the truth; so are mode, from and answeredAt
     * @param mode whether quantities are written to the marketplace, or only worked out and shown
     * @param from orders placed earlier move nothing
     * @param differences listings that show another number than Kontor has, the furthest apart first, at most 200
     */
    @Schema(name = "AccountInventory")
    record InventoryBody(
            UUID account,
            @Nullable Truth truth,
            @Nullable Mode mode,
            @Nullable Instant from,
            @Nullable Instant answeredAt,
            FiguresBody figures,
            List<DifferenceBody> differences) {

        static InventoryBody of(AccountId account, @Nullable Takeover takeover, Figures figures) {
            return new InventoryBody(
                    account.value(),
                    takeover == null ? null : takeover.truth(),
                    takeover == null ? null : takeover.mode(),
                    takeover == null ? null : takeover.from(),
                    takeover == null ? null : takeover.takenOverAt(),
                    FiguresBody.of(figures),
                    differences(figures));
        }

        static List<DifferenceBody> differences(Figures figures) {
            return figures.differing().stream()
                    .limit(MOST_DIFFERENCES)
                    .map(DifferenceBody::of)
                    .toList();
        }
    }

    /**
     * @param listings that are sent from the seller's own shelf and are not gone
     * @param proposed unlinked listings of which Kontor has a guess, to be decided under listing-proposals
     * @param withoutItem unlinked listings of which it has none
     * @param unreadable listings that could not be understood
     * @param uncounted items that nobody has counted and of which a listing shows a number; with truth MARKETPLACE it
     *     becomes their first
     * @param differing listings that show another number than Kontor has
     * @param readAt when all listings were read last, absent where they were not yet
     */
    @Schema(name = "InventoryFigures")
    record FiguresBody(
            int listings,
            int linked,
            int proposed,
            int withoutItem,
            long unreadable,
            int uncounted,
            int differing,
            @Nullable Instant readAt) {

        static FiguresBody of(Figures figures) {
            return new FiguresBody(
                    figures.listings(),
                    figures.linked(),
                    figures.proposed(),
                    figures.withoutItem(),
                    figures.unreadable(),
                    figures.uncounted(),
                    figures.differing().size(),
                    figures.readAt());
        }
    }

    /** @param kontor how many sales of the listing the available stock is good for */
    @Schema(name = "InventoryDifference")
    record DifferenceBody(
            UUID listing, String externalId, @Nullable String sku, String name, UUID item, int shown, long kontor) {

        static DifferenceBody of(Comparison comparison) {
            var listing = comparison.listing();
            return new DifferenceBody(
                    listing.id().value(),
                    listing.externalId(),
                    listing.sku(),
                    listing.name(),
                    Objects.requireNonNull(listing.link()).item().value(),
                    Objects.requireNonNull(comparison.shown()),
                    Objects.requireNonNull(comparison.kontor()));
        }
    }

    @GetMapping
    @Operation(
            summary = "Tell which side is the truth of the account's stock, or what is to be known to say so",
            description =
                    "Until that is said its orders move no stock and nothing is written to it. The figures tell how"
                            + " far both sides are apart: with truth KONTOR each of the differing listings would be told Kontor's"
                            + " number.")
    ResponseEntity<InventoryBody> get(@PathVariable UUID id) {
        var account = known(id);
        var takeover = takeovers.find(account).orElse(null);
        var answer = ResponseEntity.ok();
        if (takeover != null) {
            answer.eTag(new Version(takeover.version()).etag());
        }
        return answer.body(InventoryBody.of(account, takeover, truth.figures(account)));
    }

    /**
     * @param from since when its orders move stock; where it is absent, now, or with truth MARKETPLACE since the first of
     *     the listings was read that are counted
     * @param createItems with truth MARKETPLACE, whether listings whose SKU is no item's become items
     */
    @Schema(name = "InventoryTruth")
    record TruthBody(
            @Schema(example = "MARKETPLACE") @NotNull Truth truth,
            @Schema(example = "OBSERVING") @NotNull Mode mode,
            @Nullable Instant from,
            @Schema(example = "true") @Nullable Boolean createItems) {

        Answer answer() {
            return new Answer(truth, mode, from, Boolean.TRUE.equals(createItems));
        }
    }

    /**
     * @param created items that were made of listings
     * @param counted items whose first number came from listings
     */
    @Schema(name = "AnsweredInventory")
    record AnsweredBody(
            UUID account,
            Truth truth,
            Mode mode,
            Instant from,
            Instant answeredAt,
            int created,
            int counted,
            FiguresBody figures,
            List<DifferenceBody> differences) {}

    @PutMapping
    @Operation(
            summary = "Say which side is the truth, and let the account's orders move stock",
            description = "KONTOR: the ledger stays as it is, and the marketplace is told. MARKETPLACE: what linked"
                    + " listings show becomes the first number of items that nobody has counted; others stay, and the"
                    + " answer tells where both sides differ; 409 until all orders that count by then are in the archive. For good, but for the mode, which can be changed by the same"
                    + " request with If-Match. An account in mode OBSERVING is never written to.")
    ResponseEntity<AnsweredBody> put(
            @PathVariable UUID id,
            @Valid @RequestBody TruthBody body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        var account = known(id);
        var answered = truth.answer(account, body.answer(), version -> require(seen, version), caller.actor());
        var takeover = answered.takeover();
        var figures = truth.figures(account);
        return ResponseEntity.ok()
                .eTag(new Version(takeover.version()).etag())
                .body(new AnsweredBody(
                        id,
                        takeover.truth(),
                        takeover.mode(),
                        takeover.from(),
                        takeover.takenOverAt(),
                        answered.created(),
                        answered.counted(),
                        FiguresBody.of(figures),
                        InventoryBody.differences(figures)));
    }

    private static void require(@Nullable IfMatch seen, long version) {
        if (seen == null) {
            throw new PreconditionRequired("Send If-Match with the ETag of what you read to change the mode.");
        }
        seen.require(new Version(version));
    }

    private AccountId known(UUID id) {
        return accounts.find(new AccountId(id))
                .orElseThrow(() -> NotFound.of("account", id))
                .id();
    }
}
