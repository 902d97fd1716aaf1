package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Step;
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
     * @param level of the policy that asked for it
     */
    @Schema(name = "QuantityTerm")
    record TermBody(
            Step.Kind kind,
            long quantity,
            @Nullable UUID item,
            @Nullable Level policy) {

        static TermBody of(Step step) {
            var item = step.item();
            return new TermBody(step.kind(), step.quantity(), item == null ? null : item.value(), step.level());
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
