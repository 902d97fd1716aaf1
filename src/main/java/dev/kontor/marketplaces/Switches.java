package dev.kontor.marketplaces;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Loops that a setting switches off for all accounts of a marketplace; every other is on. */
public final class Switches {

    private static final Logger log = LoggerFactory.getLogger(Switches.class);

    private final Map<String, Map<String, Boolean>> switches;

    /**
     * @param setting what the switches are below, such as {@code kontor.orders.loops}
     * @param switches whether a loop is on, by marketplace and kind
     * @param kinds that there are
     * @throws InvalidConfigurationPropertyValueException where one names no marketplace or no kind that there is
     */
    public Switches(
            String setting,
            Map<String, Map<String, Boolean>> switches,
            Marketplaces marketplaces,
            Collection<String> kinds) {
        this.switches = switches;
        var known = marketplaces.all().stream()
                .map(marketplace -> marketplace.code().value())
                .toList();
        switches.forEach((marketplace, ofIt) -> ofIt.forEach((kind, on) -> {
            var one = setting + "." + marketplace + "." + kind;
            check(one, marketplace, "marketplace", known);
            check(one, kind, "loop", kinds);
            if (!on) {
                log.warn("The {} of every account of {} is switched off by {}", kind, marketplace, variable(one));
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

    public boolean on(MarketplaceCode marketplace, String kind) {
        return switches.getOrDefault(marketplace.value(), Map.of()).getOrDefault(kind, true);
    }
}
