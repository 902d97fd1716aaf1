package dev.kontor.orders.loops;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Switches;

/** Loops over orders that somebody has switched off. */
@Component
public class LoopSwitches {

    private final Switches switches;
    private final List<String> kinds;

    LoopSwitches(LoopProperties properties, Marketplaces marketplaces, List<Loop> loops) {
        this.kinds = loops.stream().map(loop -> loop.kind().name()).toList();
        this.switches = new Switches("kontor.orders.loops", properties.loops(), marketplaces, kinds);
    }

    boolean on(MarketplaceCode marketplace, Loop.Kind kind) {
        return switches.on(marketplace, kind.name());
    }

    /** Kinds of loops that do not run for accounts of the marketplace. */
    public List<String> off(MarketplaceCode marketplace) {
        return kinds.stream()
                .filter(kind -> !switches.on(marketplace, kind))
                .sorted()
                .toList();
    }
}
