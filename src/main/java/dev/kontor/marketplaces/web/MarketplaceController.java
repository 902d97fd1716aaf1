package dev.kontor.marketplaces.web;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.kontor.api.Page;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Marketplaces;

@RestController
@RequestMapping("/api/v1/marketplaces")
class MarketplaceController {

    private final Marketplaces marketplaces;
    private final Drift drift;

    MarketplaceController(Marketplaces marketplaces, Drift drift) {
        this.marketplaces = marketplaces;
        this.drift = drift;
    }

    /** There are few of them: always one page. */
    @GetMapping
    Page<MarketplaceView> all() {
        var sightings = drift.sightings();
        List<MarketplaceView> views = marketplaces.all().stream()
                .map(marketplace -> MarketplaceView.of(marketplace, sightings))
                .toList();
        return new Page<>(views, null);
    }
}
