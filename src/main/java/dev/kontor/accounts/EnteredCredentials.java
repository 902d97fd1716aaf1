package dev.kontor.accounts;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.kontor.marketplaces.Authorization;

/**
 * What a seller entered to permit access, each value in the form that the marketplace asks for.
 *
 * @param secrets the names of those that nobody may see again
 */
public record EnteredCredentials(Authorization.Kind kind, Map<String, String> values, Set<String> secrets) {

    public EnteredCredentials {
        values = Map.copyOf(values);
        secrets = Set.copyOf(secrets);
    }

    /** What tells one entry from another and may be written down. */
    public Map<String, String> open() {
        var open = new TreeMap<>(values);
        open.keySet().removeAll(secrets);
        return open;
    }

    @Override
    public String toString() {
        return "EnteredCredentials[" + kind + ", " + open().keySet() + "]";
    }
}
