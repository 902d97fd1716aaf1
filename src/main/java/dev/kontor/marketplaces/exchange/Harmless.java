package dev.kontor.marketplaces.exchange;

import java.util.Set;

/**
 * What of a marketplace's traffic may be written down as it is; everything else is masked.
 *
 * @param fields paths of JSON fields, such as {@code errors[].code}
 * @param parameters names of query parameters
 */
public record Harmless(Set<String> fields, Set<String> parameters) {

    public static final Harmless NOTHING = new Harmless(Set.of(), Set.of());

    public Harmless {
        fields = Set.copyOf(fields);
        parameters = Set.copyOf(parameters);
    }
}
