package dev.kontor.inventory.reading;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Switches;

/** Marketplaces whose listings somebody does not want to be read; all others are. */
@Component
class ListingLoopSwitches {

    private final Switches switches;

    ListingLoopSwitches(ListingLoopProperties properties, Marketplaces marketplaces) {
        this.switches =
                new Switches("kontor.inventory.loops", properties.loops(), marketplaces, List.of(ReadingRun.KIND));
    }

    boolean off(MarketplaceCode marketplace) {
        return !switches.on(marketplace, ReadingRun.KIND);
    }
}
