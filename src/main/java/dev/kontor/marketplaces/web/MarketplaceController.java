package dev.kontor.marketplaces.web;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Marketplaces;

@RestController
@RequestMapping("/api/v1/marketplaces")
@Guarded(Area.MARKETPLACES)
@Tag(name = "Marketplaces")
class MarketplaceController {

    private final Marketplaces marketplaces;
    private final Drift drift;

    MarketplaceController(Marketplaces marketplaces, Drift drift) {
        this.marketplaces = marketplaces;
        this.drift = drift;
    }

    /** There are few of them: always one page. */
    @GetMapping
    @Operation(
            summary = "List the marketplaces that Kontor speaks to",
            description = "With what each can do, and which fields of its answers were new or missing of late.")
    Page<MarketplaceView> all() {
        var sightings = drift.sightings();
        List<MarketplaceView> views = marketplaces.all().stream()
                .map(marketplace -> MarketplaceView.of(marketplace, sightings))
                .toList();
        return new Page<>(views, null);
    }
}
