package dev.kontor.inventory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;

/** Linked listings for tests, linked by nobody else. */
@Component
public class Offers {

    private final Listings listings;
    private final JdbcClient jdbc;

    Offers(Listings listings, JdbcClient jdbc) {
        this.listings = listings;
        this.jdbc = jdbc;
    }

    public ListingId selling(AccountId account, Item item) {
        return selling(account, item, 1);
    }

    public ListingId selling(AccountId account, Item item, int units) {
        var offer = new Seen(UUID.randomUUID().toString(), "", null, "Mug"); // by its SKU it might be linked meanwhile
        var listing =
                listings.seen(account, List.of(offer), Instant.now()).get(offer).id();
        listings.link(listing, new Link(item.id(), units, "test"));
        return listing;
    }

    /** Items that were to be worked out again since the last time it was asked. */
    public List<ItemId> changedItems() {
        return jdbc.sql(
                        "with gone as (delete from inventory.changed_items returning item) select distinct item from gone")
                .query((row, number) -> new ItemId(row.getObject("item", UUID.class)))
                .list();
    }
}
