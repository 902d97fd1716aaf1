package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.inventory.oversells.Cause;
import dev.kontor.inventory.oversells.Competitors.Competitor;
import dev.kontor.inventory.oversells.Finding;
import dev.kontor.inventory.oversells.Oversell;
import dev.kontor.inventory.oversells.Oversell.State;

/**
 * @param movement number of the movement in its warehouse by which more was sold than is there
 * @param order that made it so; absent where goods were taken away that had been sold
 * @param units by how many it became worse
 * @param cause absent for the few seconds until it was looked for
 * @param explanation the cause in a sentence
 * @param findings all on record that explains it, what says most first
 */
@Schema(name = "Oversell")
record OversellBody(
        UUID id,
        UUID item,
        UUID warehouse,
        long movement,
        @Nullable UUID account,
        @Nullable UUID listing,
        @Nullable UUID order,
        @Nullable String line,
        long units,
        State state,
        Instant detectedAt,
        @Nullable Instant resolvedAt,
        @Nullable Cause cause,
        @Nullable String explanation,
        List<Finding> findings,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String note,

        @Schema(description = "Units of the position that are sold and not there now; only of a single oversell")
        @Nullable
        Long oversoldNow,

        @Schema(description = "Orders that want the same units, the last one placed first; only of a single oversell")
        @Nullable
        List<CompetitorBody> competitors,

        @Schema(description = "What can be done; only of a single oversell") @Nullable
        List<ActionBody> actions) {

    /** @param units that would be free without it */
    @Schema(name = "CompetingOrder")
    record CompetitorBody(
            UUID order,
            String line,
            UUID account,
            UUID listing,
            long units,
            @Nullable Instant placedAt,
            @Nullable Instant heardAt) {

        static CompetitorBody of(Competitor competitor) {
            return new CompetitorBody(
                    competitor.order().value(),
                    competitor.line(),
                    competitor.account().value(),
                    competitor.listing().value(),
                    competitor.units(),
                    competitor.placedAt(),
                    competitor.heardAt());
        }
    }

    enum Kind {
        CANCEL_ORDER,
        RECEIVE_STOCK,
        PUT_INTO_ESCROW,
        ACKNOWLEDGE
    }

    /**
     * @param method and path of the request that does it; absent where only the marketplace can
     * @param candidates orders of which one could be cancelled, the last one placed first
     */
    @Schema(name = "OversellAction")
    record ActionBody(
            Kind kind,
            String description,
            @Nullable String method,
            @Nullable String path,
            @Nullable List<CompetitorBody> candidates) {}

    static OversellBody of(Oversell oversell) {
        return whole(oversell, oversell.cause(), oversell.findings(), null, null, null);
    }

    static OversellBody whole(
            Oversell oversell,
            @Nullable Cause cause,
            List<Finding> findings,
            @Nullable Long oversoldNow,
            @Nullable List<CompetitorBody> competitors,
            @Nullable List<ActionBody> actions) {
        var account = oversell.account();
        var listing = oversell.listing();
        var order = oversell.order();
        return new OversellBody(
                oversell.id().value(),
                oversell.stock().item().value(),
                oversell.stock().warehouse().value(),
                oversell.movement(),
                account == null ? null : account.value(),
                listing == null ? null : listing.value(),
                order == null ? null : order.value(),
                oversell.line(),
                oversell.units(),
                oversell.state(),
                oversell.detectedAt(),
                oversell.resolvedAt(),
                cause,
                cause == null ? null : cause.sentence(),
                findings,
                oversell.acknowledgedBy(),
                oversell.acknowledgedAt(),
                oversell.note(),
                oversoldNow,
                competitors,
                actions);
    }
}
