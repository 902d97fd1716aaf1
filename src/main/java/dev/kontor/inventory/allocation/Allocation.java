package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Policy.Field;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

/** Decides how many each listing shows. The same situation always gets the same answer. */
public final class Allocation {

    private Allocation() {}

    /** The listings of items that no listing connects do not matter to each other. */
    public static List<Share> divide(Situation situation) {
        var listings = situation.listings().stream()
                .sorted(comparing((Offered listing) -> listing.listing().value(), UUID::compareTo))
                .toList();
        return Connected.groups(listings).stream()
                .flatMap(group -> divide(situation.available(), group))
                .toList();
    }

    private static Stream<Share> divide(Map<ItemId, Long> available, List<Offered> connected) {
        var careful = careful(connected);
        var guarded = guarded(available, connected, careful.strategy());
        var divided = connected.stream()
                .filter(listing -> listing.each().keySet().stream().anyMatch(guarded::contains))
                .toList();
        var ceilings =
                divided.stream().map(listing -> Ceiling.of(listing, available)).toList();
        var parts = new Escrow(available, divided, ceilings).divide();
        var held = new Held(available, divided, parts);
        return Stream.concat(
                connected.stream()
                        .filter(listing -> listing.each().keySet().stream().noneMatch(guarded::contains))
                        .map(listing -> Ceiling.of(listing, available).mirrored(listing)),
                IntStream.range(0, parts.length).mapToObj(place -> {
                    var listing = divided.get(place);
                    var policy = listing.policy().strategy() == careful.strategy() ? listing.policy() : careful;
                    return ceilings.get(place)
                            .divided(listing, parts[place], held, policy.from().get(Field.STRATEGY));
                }));
    }

    /** The policy of the first of those whose strategy is the most careful one. */
    private static Policy careful(List<Offered> connected) {
        return connected.stream()
                .map(Offered::policy)
                .min(comparing(Policy::strategy, reverseOrder()))
                .orElseThrow();
    }

    /** The items of which every unit is for one listing. All listings that are connected keep the most careful protocol. */
    private static Set<ItemId> guarded(Map<ItemId, Long> available, List<Offered> connected, Strategy strategy) {
        var takers = new HashMap<ItemId, List<Offered>>();
        for (var listing : connected) {
            for (var item : listing.each().keySet()) {
                takers.computeIfAbsent(item, it -> new ArrayList<>()).add(listing);
            }
        }
        return switch (strategy) {
            case MIRROR -> Set.of();
            case AUTO -> {
                takers.entrySet()
                        .removeIf(it ->
                                !Scarcity.of(it.getKey(), available.getOrDefault(it.getKey(), 0L), it.getValue()));
                yield takers.keySet();
            }
            case ESCROW -> takers.keySet();
        };
    }
}
