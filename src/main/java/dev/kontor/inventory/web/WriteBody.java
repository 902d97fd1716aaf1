package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Step;
import dev.kontor.inventory.allocation.Step.Holder;
import dev.kontor.inventory.publication.Difference;
import dev.kontor.inventory.publication.State;
import dev.kontor.inventory.publication.Writes.Write;
import dev.kontor.marketplaces.StockWriter.Kind;

/**
 * @param quantity of a RELATIVE write the difference, of another what is shown after it
 * @param desired what the listing was to show in the end
 * @param terms add up to {@code desired}
 */
@Schema(name = "QuantityWrite")
record WriteBody(
        UUID command,
        Kind kind,
        long quantity,
        @Nullable Long desired,
        List<TermBody> terms,
        State state,
        @Nullable String reason,
        Instant sentAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant appliedAt,
        @Nullable Instant verifiedAt,
        @Nullable Instant endedAt) {

    /**
     * @param quantity by which the number changes here
     * @param item whose stock is meant: of several the one of which there is least
     * @param policy level of the policy that asked for it
     * @param holders of an OTHER_LISTINGS term: the listings for which units of the item are kept, ten at most, whoever holds
     *     most first
     * @param moreHolders how many more listings hold some
     * @param since when it is so; of what was read on the marketplace when it was read
     * @param plan that holds the change
     * @param command of the write under way, or of the one that was in vain
     * @param state how far that had come
     * @param reason why it was in vain
     */
    @Schema(name = "QuantityTerm")
    record TermBody(
            Step.Kind kind,
            long quantity,
            @Nullable UUID item,
            @Nullable Level policy,
            @Nullable List<HolderBody> holders,
            @Nullable Long moreHolders,
            @Nullable Instant since,
            @Nullable UUID plan,
            @Nullable UUID command,
            @Nullable State state,
            @Nullable String reason) {

        static TermBody of(Step step) {
            var item = step.item();
            var others = step.others();
            return new TermBody(
                    step.kind(),
                    step.quantity(),
                    item == null ? null : item.value(),
                    step.level(),
                    others == null
                            ? null
                            : others.most().stream().map(HolderBody::of).toList(),
                    others == null ? null : others.rest(),
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        static TermBody of(Difference difference) {
            var plan = difference.plan();
            return new TermBody(
                    difference.kind(),
                    difference.quantity(),
                    null,
                    null,
                    null,
                    null,
                    difference.since(),
                    plan == null ? null : plan.value(),
                    difference.command(),
                    difference.state(),
                    difference.reason());
        }
    }

    /** @param units of the item that are for the listing */
    @Schema(name = "UnitHolder")
    record HolderBody(UUID listing, @Schema(example = "3") long units) {

        static HolderBody of(Holder holder) {
            return new HolderBody(holder.listing().value(), holder.units());
        }
    }

    static WriteBody of(Write write) {
        return new WriteBody(
                write.command(),
                write.kind(),
                write.quantity(),
                write.desired(),
                write.steps().stream().map(TermBody::of).toList(),
                write.state(),
                write.reason(),
                write.sentAt(),
                write.acceptedAt(),
                write.appliedAt(),
                write.verifiedAt(),
                write.endedAt());
    }
}
