package dev.kontor.marketplaces;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.stereotype.Component;

/** Finds a marketplace by its code. */
@Component
public class Marketplaces {

    private final SortedMap<String, Marketplace> byCode = new TreeMap<>();

    Marketplaces(List<Marketplace> adapters) {
        for (var adapter : adapters) {
            if (byCode.put(adapter.code().value(), adapter) != null) {
                throw new IllegalStateException("two adapters claim the marketplace " + adapter.code());
            }
        }
    }

    /** For tests that bring their own marketplaces. */
    public static Marketplaces of(Marketplace... marketplaces) {
        return new Marketplaces(List.of(marketplaces));
    }

    public Optional<Marketplace> find(MarketplaceCode code) {
        return Optional.ofNullable(byCode.get(code.value()));
    }

    /** The marketplace of that code, which an account that is stored is known to have. */
    public Marketplace get(MarketplaceCode code) {
        return find(code).orElseThrow(() -> new IllegalStateException("no adapter for the marketplace " + code));
    }

    public Collection<Marketplace> all() {
        return byCode.values();
    }
}
