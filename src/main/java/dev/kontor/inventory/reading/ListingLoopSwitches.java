package dev.kontor.inventory.reading;

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

/** Marketplaces whose listings somebody does not want to be read; all others are. */
@Component
class ListingLoopSwitches {

    private static final Logger log = LoggerFactory.getLogger(ListingLoopSwitches.class);

    private final Map<String, Map<String, Boolean>> switches;

    ListingLoopSwitches(ListingLoopProperties properties, Marketplaces marketplaces) {
        this.switches = properties.loops();
        var known = marketplaces.all().stream()
                .map(marketplace -> marketplace.code().value())
                .toList();
        switches.forEach((marketplace, ofIt) -> ofIt.forEach((kind, on) -> {
            var setting = "kontor.inventory.loops." + marketplace + "." + kind;
            check(setting, marketplace, "marketplace", known);
            check(setting, kind, "loop", List.of(ReadingRun.KIND));
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

    boolean off(MarketplaceCode marketplace) {
        return !switches.getOrDefault(marketplace.value(), Map.of()).getOrDefault(ReadingRun.KIND, true);
    }
}
