package dev.kontor.sandbox.world;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which faults were in force when. A story fault belongs to the moment of its purchase or event, so a change at run
 * time touches only what happens afterwards and a restart changes nothing.
 */
public final class Faults {

    private final TreeMap<Long, Map<Fault, Double>> since = new TreeMap<>();

    public Faults(Map<Fault, Double> fromTheBeginning) {
        since.put(Long.MIN_VALUE, checked(fromTheBeginning));
    }

    public synchronized void change(long at, Map<Fault, Double> faults) {
        since.put(at, checked(faults));
    }

    public synchronized double probability(Fault fault, long at) {
        return since.floorEntry(at).getValue().getOrDefault(fault, 0.0);
    }

    public synchronized Map<Fault, Double> current() {
        return since.lastEntry().getValue();
    }

    public boolean anyNow(Collection<Fault> faults) {
        return current().keySet().stream().anyMatch(faults::contains);
    }

    private static Map<Fault, Double> checked(Map<Fault, Double> faults) {
        var positive = new EnumMap<Fault, Double>(Fault.class);
        faults.forEach((fault, probability) -> {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "The probability of " + fault + " must lie between 0 and 1: " + probability);
            }
            if (probability > 0) {
                positive.put(fault, probability);
            }
        });
        return positive;
    }
}
