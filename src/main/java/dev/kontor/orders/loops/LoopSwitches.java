package dev.kontor.orders.loops;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;

/** Loops that somebody has switched off, for all accounts of a marketplace; every other is on. */
@Component
public class LoopSwitches {

    private static final Logger log = LoggerFactory.getLogger(LoopSwitches.class);

    private final Map<String, Map<String, Boolean>> switches;
    private final List<String> kinds;

    LoopSwitches(LoopProperties properties, Marketplaces marketplaces, List<Loop> loops) {
        this.switches = properties.loops();
        this.kinds = loops.stream().map(loop -> loop.kind().name()).toList();
        var known = marketplaces.all().stream()
                .map(marketplace -> marketplace.code().value())
                .toList();
        switches.forEach((marketplace, ofIt) -> ofIt.forEach((kind, on) -> {
            var setting = "kontor.orders.loops." + marketplace + "." + kind;
            check(setting, marketplace, "marketplace", known);
            check(setting, kind, "loop", kinds);
            if (!on) {
                log.warn("The {} of every account of {} is switched off by {}", kind, marketplace, variable(setting));
            }
        }));
    }

    private static void check(String setting, String name, String what, Collection<String> known) {
        if (!known.contains(name)) {
            throw new InvalidConfigurationPropertyValueException(
                    setting,
                    null,
                    "%s names no known %s; known are %s.".formatted(variable(setting), what, String.join(", ", known)));
        }
    }

    private static String variable(String setting) {
        return setting.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    boolean on(MarketplaceCode marketplace, Loop.Kind kind) {
        return on(marketplace, kind.name());
    }

    private boolean on(MarketplaceCode marketplace, String kind) {
        return switches.getOrDefault(marketplace.value(), Map.of()).getOrDefault(kind, true);
    }

    /** Kinds of loops that do not run for accounts of the marketplace. */
    public List<String> off(MarketplaceCode marketplace) {
        return kinds.stream().filter(kind -> !on(marketplace, kind)).sorted().toList();
    }
}
