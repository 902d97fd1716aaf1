package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Policy.Field;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Step.Kind;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNullElse;

/** The most that a listing may show if it were alone, term by term. */
final class Ceiling {

    private final Policy policy;
    private final List<Step> steps = new ArrayList<>();
    private long quantity;

    private Ceiling(Policy policy) {
        this.policy = policy;
    }

    static Ceiling of(Offered offered, Map<ItemId, Long> available) {
        var ceiling = new Ceiling(offered.policy());
        var buffer = offered.policy().buffer();
        var scarcest = offered.each().entrySet().stream()
                .min(comparing((Map.Entry<ItemId, Long> part) -> sales(available, part, buffer))
                        .thenComparing(part -> part.getKey().value(), UUID::compareTo))
                .orElseThrow();
        var item = scarcest.getKey();
        ceiling.to(available.getOrDefault(item, 0L), Kind.AVAILABLE, item, null);
        ceiling.to(ceiling.quantity - buffer, Kind.BUFFER, item, Field.BUFFER);
        ceiling.to(Math.max(0, ceiling.quantity), Kind.NONE_BELOW_ZERO, item, null);
        ceiling.to(ceiling.quantity / scarcest.getValue(), Kind.UNITS_PER_SALE, item, null);
        ceiling.wished();
        return ceiling;
    }

    private static long sales(Map<ItemId, Long> available, Map.Entry<ItemId, Long> part, int buffer) {
        return Math.max(0, available.getOrDefault(part.getKey(), 0L) - buffer) / part.getValue();
    }

    private void wished() {
        var most = requireNonNullElse(policy.maximum(), Integer.MAX_VALUE);
        to(Math.min(most, quantity), Kind.MAXIMUM, null, Field.MAXIMUM);
        to(quantity < policy.minimum() ? 0 : quantity, Kind.MINIMUM, null, Field.MINIMUM);
        to(policy.paused() ? 0 : quantity, Kind.PAUSED, null, Field.PAUSED);
    }

    int quantity() {
        return Math.toIntExact(quantity);
    }

    Share mirrored(Offered offered) {
        return new Share(offered.listing(), quantity(), false, steps);
    }

    /**
     * @param part of it that is for this listing
     * @param level of the policy for which units are divided
     */
    Share divided(Offered offered, int part, Held held, @Nullable Level level) {
        if (part != quantity) {
            var item = held.scarcest(offered, part);
            steps.add(new Step(Kind.OTHER_LISTINGS, part - quantity, item, level, held.others(item, offered, part)));
        }
        return new Share(offered.listing(), part, true, steps);
    }

    private void to(long next, Kind kind, @Nullable ItemId item, @Nullable Field decided) {
        if (next != quantity || kind == Kind.AVAILABLE) {
            steps.add(new Step(kind, next - quantity, item, level(decided)));
        }
        quantity = next;
    }

    private @Nullable Level level(@Nullable Field decided) {
        return decided == null ? null : policy.from().get(decided);
    }
}
