package dev.kontor.marketplaces.wix;

import java.util.Locale;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Listings;

/** A site's products and variants, under the catalog that it runs. */
@SecondaryAdapter
@Component
class WixListings implements Listings {

    private final Catalogs catalogs;
    private final ListingsV1 older;
    private final ListingsV3 newer;

    WixListings(Catalogs catalogs, ListingsV1 older, ListingsV3 newer) {
        this.catalogs = catalogs;
        this.older = older;
        this.newer = newer;
    }

    private CatalogListings of(Catalogs.Version version) {
        return switch (version) {
            case V1 -> older;
            case V3 -> newer;
        };
    }

    /** A list that was begun under another catalog begins anew: everything may have another id now. */
    @Override
    public Answer<ListingPage> all(@Nullable Cursor after, Connection connection) {
        return catalogs.with(connection, version -> {
            var mark = version.name().toLowerCase(Locale.ROOT) + ":";
            var place = after != null && after.value().startsWith(mark)
                    ? after.value().substring(mark.length())
                    : null;
            return of(version).all(place, connection).map(page -> marked(page, mark));
        });
    }

    private static ListingPage marked(ListingPage page, String mark) {
        var next = page.next();
        return new ListingPage(
                page.listings(),
                page.unreadable(),
                next == null ? null : new Cursor(mark + next.value()),
                page.total());
    }

    @Override
    public Answer<ListingReading> listing(String externalId, Connection connection) {
        return catalogs.with(connection, version -> of(version).listing(VariantId.parse(externalId), connection));
    }
}
