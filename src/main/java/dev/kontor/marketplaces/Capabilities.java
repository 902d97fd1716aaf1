package dev.kontor.marketplaces;

import java.util.EnumMap;
import java.util.Map;

/** The stance of one marketplace on every {@link Capability}; a missing stance is a broken adapter. */
public record Capabilities(Map<Capability, Support> stances) {

    /** How a capability comes about. */
    public enum Support {
        /** The marketplace offers it. */
        NATIVE,
        /** The adapter builds it from other calls. */
        EMULATED,
        /** Some accounts have it and others do not: {@link StockWriter#terms} tells. */
        BY_ACCOUNT,
        /** It does not exist there; a call is refused. */
        NONE
    }

    public Capabilities {
        for (var capability : Capability.values()) {
            if (!stances.containsKey(capability)) {
                throw new IllegalArgumentException("no stance on " + capability);
            }
        }
        stances = Map.copyOf(new EnumMap<>(stances));
    }

    public Support of(Capability capability) {
        return stances.getOrDefault(capability, Support.NONE);
    }

    public boolean has(Capability capability) {
        return of(capability) != Support.NONE;
    }
}
