package dev.kontor.sandbox.amazon;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.allegro.Allegro;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;

/** The simulated Amazon with one seller, and everything one may do to it behind the scenes. */
public final class Amazon {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final AmazonWorld world;
    private final Queue queue;
    private final AmazonSite site;
    private final Documents documents;

    public Amazon(
            AmazonRules rules,
            AmazonStory story,
            boolean limits,
            long start,
            Allegro neighbour,
            SandboxClock clock,
            Journal journal,
            Faults faults,
            Wire wire) {
        this.world = new AmazonWorld(rules, story, start, neighbour::goods, neighbour::person, clock, journal, faults);
        this.queue = new Queue(world);
        this.documents = new Documents(world, wire);
        this.site = new AmazonSite(world, new Lwa(world), queue, limits, wire);
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

    /** All orders that there are. */
    public Stream<TruePurchase> orders() {
        return world.all().map(this::told);
    }

    private TruePurchase told(Purchase purchase) {
        var document = world.trueDocument(purchase);
        var broken = world.badness(purchase.key());
        return new TruePurchase(
                document.get("orderId").asString(),
                purchase.now().status(),
                purchase.fba() ? "AMAZON" : "MERCHANT",
                purchase.marketplace(),
                document.at("/proceeds/grandTotal/amount").asString(""),
                document.get("createdTime").asString(),
                document.get("lastUpdatedTime").asString(),
                purchase.parts().size(),
                units(document),
                sha256(document),
                broken == null ? null : broken.name());
    }

    private static Map<String, Integer> units(JsonNode document) {
        var units = new TreeMap<String, Integer>();
        for (var item : document.path("orderItems")) {
            units.merge(
                    item.at("/product/sellerSku").asString(),
                    item.path("quantityOrdered").asInt(),
                    Integer::sum);
        }
        return units;
    }

    /** Somebody buys now; answers the ids of the new orders. */
    public List<String> buy(int count) {
        if (count < 1 || count > 100_000) {
            throw new IllegalArgumentException("From 1 to 100000 orders can be made at once, not " + count + ".");
        }
        var first = bought(count, null, null);
        return IntStream.range(first, first + count)
                .filter(key -> world.purchases().basket(key) instanceof List<?> basket && !basket.isEmpty())
                .mapToObj(key -> world.purchases().id(key))
                .toList();
    }

    /** Makes the API tell all malformed orders as they truly are; answers their ids. */
    public List<String> repairAll() {
        var broken = world.all()
                .filter(purchase -> world.badness(purchase.key()) == Fault.MALFORMED)
                .map(Purchase::key)
                .toList();
        broken.forEach(key -> world.happen(at -> new Deed.AmazonRepaired(key)));
        return broken.stream().map(key -> world.purchases().id(key)).toList();
    }

    private static String sha256(ObjectNode document) {
        try {
            var canonical = CANONICAL.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many notifications wait in the queue, also such as somebody has received and not deleted yet. */
    public int notifications() {
        return queue.size();
    }

    /** The seller takes his permission back; {@link #entries} has what he gets when he gives it again. */
    public void revoke() {
        world.happen(at -> new Deed.AmazonRevoked());
    }

    /** Amazon permits the seller so many calls of an operation a second; with zero as many as usual. */
    public void grant(String operation, double rate) {
        site.grant(operation, rate);
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
        if (quantity < 1) {
            throw new IllegalArgumentException("Nobody buys " + quantity + ".");
        }
        var index = ware(sku);
        var basket = world.purchases().basket(bought(1, index, quantity));
        return basket == null
                ? 0
                : basket.stream().mapToInt(Purchase.Part::quantity).sum();
    }

    /** @return the key of the first of the new orders */
    private int bought(int count, @Nullable Integer ware, @Nullable Integer quantity) {
        var first = new AtomicInteger();
        world.happen(at -> {
            first.set(Purchases.EXTRA + world.purchases().added());
            return new Deed.AmazonBought(at, count, ware, quantity);
        });
        return first.get();
    }

    /** The seller changes a quantity in his panel. */
    public void show(String sku, int quantity) {
        if (quantity < 0 || quantity > 99_999_999) {
            throw new IllegalArgumentException("No listing can show " + quantity + ".");
        }
        var index = ware(sku);
        world.happen(at -> new Deed.AmazonShown(at, index, quantity));
    }

    /** The seller takes a listing away for good. */
    public void remove(String sku) {
        var index = ware(sku);
        world.happen(at -> new Deed.AmazonRemoved(at, index));
    }

    private int ware(String sku) {
        var seen = world.listing(sku);
        if (seen == null) {
            throw new IllegalArgumentException("No listing " + sku);
        }
        return seen.ware().index();
    }
}
