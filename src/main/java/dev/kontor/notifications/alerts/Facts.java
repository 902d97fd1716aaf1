package dev.kontor.notifications.alerts;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Facts with their values. What there is none of is left out. */
public final class Facts {

    private final Map<Fact, Object> values;

    private Facts(Map<Fact, Object> values) {
        this.values = values;
    }

    public static Facts none() {
        return new Facts(new EnumMap<>(Fact.class));
    }

    /** @param value a number, an instant or a code, as the fact's type says */
    public Facts with(Fact fact, Object value) {
        var more = new EnumMap<Fact, Object>(Fact.class);
        more.putAll(values);
        more.put(fact, fact.checked(value));
        return new Facts(more);
    }

    public void forEach(BiConsumer<Fact, Object> consumer) {
        values.forEach(consumer);
    }

    /** By key, as an answer or the database has them. */
    public Map<String, Object> byKey() {
        var byKey = new TreeMap<String, Object>();
        values.forEach((fact, value) -> byKey.put(fact.key(), value));
        return Collections.unmodifiableMap(byKey);
    }

    /** What was kept; a fact that this version does not know is left out. */
    static Facts of(Map<String, Object> byKey) {
        var known = new EnumMap<Fact, Object>(Fact.class);
        for (var fact : Fact.values()) {
            var value = byKey.get(fact.key());
            if (value != null) {
                known.put(fact, fact.checked(value));
            }
        }
        return new Facts(known);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Facts facts && values.equals(facts.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return byKey().toString();
    }
}
