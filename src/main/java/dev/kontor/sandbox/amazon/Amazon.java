package dev.kontor.sandbox.amazon;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Goods;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;

/** The simulated Amazon with one seller, and everything one may do to it behind the scenes. */
public final class Amazon {

    private final AmazonWorld world;
    private final AmazonSite site;
    private final Documents documents;

    public Amazon(
            AmazonRules rules,
            AmazonStory story,
            boolean limits,
            IntFunction<Goods> goods,
            SandboxClock clock,
            Journal journal,
            Faults faults,
            Wire wire) {
        this.world = new AmazonWorld(rules, story, goods, clock, journal, faults);
        this.documents = new Documents(world, wire);
        this.site = new AmazonSite(world, new Lwa(world), limits, wire);
        new ListingApi(world).add(site::operation);
        new FeedApi(world, documents, limits).add(site::operation);
        new FbaApi(world).add(site::operation);
    }

    /** Takes up what happened before a restart. */
    public void resume(List<Deed> past) {
        past.stream()
                .filter(Deed.OfAmazon.class::isInstance)
                .map(Deed.OfAmazon.class::cast)
                .forEach(world::apply);
    }

    public Site site() {
        return site;
    }

    /** The other host, to which documents are uploaded. */
    public Site documents() {
        return documents;
    }

    /** What a seller enters in Kontor to connect the account. */
    public Map<String, String> entries() {
        var rules = world.rules();
        return Map.of(
                "refreshToken", world.refreshToken(),
                "sellerId", rules.sellerId(),
                "region", rules.region(),
                "marketplaceIds", String.join(",", rules.marketplaceIds()));
    }

    /** The seller takes his permission back; {@link #entries} has what he gets when he gives it again. */
    public void revoke() {
        world.happen(at -> new Deed.AmazonRevoked());
    }

    // Listings

    /** Every listing as it is now. */
    public Stream<TrueListing> listings() {
        return world.listings().stream().map(seen -> {
            var broken = world.shelf().badness(seen.ware());
            var look = seen.look();
            return new TrueListing(
                    seen.ware().sku(),
                    seen.ware().asin(),
                    seen.ware().ean(),
                    seen.ware().name(),
                    look.merchant(),
                    look.quantity(),
                    look.leadTime(),
                    look.buyable(),
                    look.fulfillable(),
                    broken == null ? null : broken.name());
        });
    }

    /** Somebody buys as many of a listing as there are; answers how many. */
    public int buy(String sku, int quantity) {
        var index = ware(sku);
        var bought = new AtomicInteger();
        world.happen(at -> {
            bought.set(world.shelf().buyable(index, at));
            return new Deed.AmazonTaken(at, index, quantity);
        });
        return Math.min(quantity, bought.get());
    }

    /** The seller changes a quantity in his panel. */
    public void show(String sku, int quantity) {
        if (quantity < 0 || quantity > 99_999_999) {
            throw new IllegalArgumentException("No listing can show " + quantity + ".");
        }
        var index = ware(sku);
        world.happen(at -> new Deed.AmazonShown(at, index, quantity));
    }

    private int ware(String sku) {
        var seen = world.listing(sku);
        if (seen == null) {
            throw new IllegalArgumentException("No listing " + sku);
        }
        return seen.ware().index();
    }
}
