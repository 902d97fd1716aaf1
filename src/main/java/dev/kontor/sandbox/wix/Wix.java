package dev.kontor.sandbox.wix;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.allegro.Allegro;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Deed.WixChange;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;

/** The simulated Wix site, whose goods and buyers are also Allegro's, with everything one may do to it behind the scenes. */
public final class Wix implements AutoCloseable {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    private static final Set<String> CATALOGS = Set.of(CatalogV1.VERSION, CatalogV3.VERSION, "STORES_NOT_INSTALLED");

    private final SiteWorld world;
    private final Gate gate;
    private final Wire wire;
    private final EventToken token;
    private final Webhooks webhooks;

    public Wix(
            SiteRules rules,
            SiteStory story,
            boolean limits,
            long start,
            Allegro neighbour,
            SandboxClock clock,
            Journal journal,
            Faults faults,
            Wire wire) {
        this.world = new SiteWorld(rules, story, start, neighbour::goods, neighbour::person, clock, journal, faults);
        this.gate = new Gate(world, limits);
        this.wire = wire;
        this.token = new EventToken(world);
        this.webhooks = new Webhooks(world, token);
        world.shelf().watch(webhooks::stockChanged);
    }

    /** Takes up what happened before a restart. */
    public void resume(List<Deed> past) {
        past.stream()
                .filter(Deed.OfWix.class::isInstance)
                .map(Deed.OfWix.class::cast)
                .forEach(world::apply);
        webhooks.target(world.rules().webhooks().url());
    }

    public Site site() {
        return new WixSite(world, gate, wire);
    }

    /** What a seller enters in Kontor to connect the site, by the app or by his key. */
    public Map<String, String> entries() {
        return Map.of(
                "instanceId", world.instance(),
                "apiKey", world.key(),
                "siteId", world.rules().siteId(),
                "catalogVersion", world.catalog(),
                "webhookKey", token.publicPem());
    }

    /** From now on events are told there; nowhere for null. */
    public void tell(@Nullable URI address) {
        webhooks.target(address);
    }

    /** How many events were sent and how many of them taken, and how many wait. */
    public Map<String, Object> webhooks() {
        return webhooks.state();
    }

    /** The body of a request that tells of an order's last change. */
    public String webhook(String order) {
        var sale = Objects.requireNonNull(world.fresh(order), "no order " + order);
        var events = Event.of(sale, world.document(sale), world.seed());
        return token.of(world.instance(), events.getLast());
    }

    /** All orders that the API may tell of. */
    public Stream<TrueSale> orders() {
        return world.all().filter(sale -> !sale.now().hidden()).map(this::told);
    }

    private TrueSale told(Sale sale) {
        var document = world.trueDocument(sale);
        var broken = world.badness(sale.key());
        return new TrueSale(
                document.get("id").asString(),
                document.get("number").asString(),
                sale.now().status(),
                sale.now().payment(),
                sale.now().fulfillment(),
                document.at("/priceSummary/total/amount").asString(),
                document.get("currency").asString(),
                document.get("createdDate").asString(),
                document.get("updatedDate").asString(),
                document.get("lineItems").size(),
                units(sale),
                sha256(document),
                broken == null ? null : broken.name());
    }

    private Map<String, Integer> units(Sale sale) {
        var units = new TreeMap<String, Integer>();
        for (var taken : world.sales().basket(sale.key())) {
            var sku = world.shelf().articles().get(taken.article()).goods().sku();
            if (sku != null) {
                units.merge(sku, taken.quantity(), Integer::sum);
            }
        }
        return units;
    }

    /** Somebody buys now; answers the ids of the new orders. */
    public List<String> buy(int count) {
        if (count < 1 || count > 100_000) {
            throw new IllegalArgumentException("From 1 to 100000 orders can be made at once, not " + count + ".");
        }
        var first = new AtomicInteger();
        world.happen(at -> {
            first.set(Sales.EXTRA + world.sales().added());
            return new Deed.WixBought(at, count);
        });
        return IntStream.range(first.get(), first.get() + count)
                .filter(key -> !world.sales().refused(key))
                .mapToObj(key -> world.sales().id(key).toString())
                .toList();
    }

    /** Every article as it is now. */
    public Stream<TrueArticle> articles() {
        synchronized (world) {
            world.moment();
            return world.shelf().articles().stream().map(this::told).toList().stream();
        }
    }

    private TrueArticle told(Article article) {
        var shelf = world.shelf();
        var places = new LinkedHashMap<String, Integer>();
        known(article).forEach(item -> places.put(item.location(), item.now().quantity()));
        var broken = shelf.badness(article);
        return new TrueArticle(
                article.productId(),
                variant(article),
                article.goods().sku(),
                article.name(),
                places.values().stream().mapToInt(Integer::intValue).sum(),
                places,
                shelf.home(article).now().tracked(),
                article.visible(),
                broken == null ? null : broken.name());
    }

    private @Nullable String variant(Article article) {
        return article.managed() || world.catalog().equals(CatalogV3.VERSION)
                ? article.variant().toString()
                : null;
    }

    private List<Item> known(Article article) {
        var items = world.shelf().items(article);
        return world.catalog().equals(CatalogV3.VERSION) ? items : items.subList(0, 1);
    }

    private Article article(String product, @Nullable String variant) {
        return world.shelf().articles(product).stream()
                .filter(it -> Objects.equals(variant(it), variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No product " + product + " with variant " + variant));
    }

    /** Somebody buys as many of an article as there are; answers how many. */
    public int buy(String product, @Nullable String variant, int quantity) {
        var bought = new AtomicInteger();
        world.happen(at -> {
            var article = article(product, variant);
            bought.set(Math.min(quantity, world.shelf().available(article)));
            return new Deed.WixSold(at, article.index(), quantity);
        });
        return bought.get();
    }

    /** The seller changes a quantity in his dashboard: so many there are in all places together. */
    public void show(String product, @Nullable String variant, int quantity) {
        if (quantity < 0 || quantity > 99_999) {
            throw new IllegalArgumentException("No article can show " + quantity + ".");
        }
        world.happen(at -> new Deed.WixStockWritten(at, false, shown(article(product, variant), quantity)));
    }

    /** The seller takes a product away for good, with all its variants. */
    public void remove(String product) {
        world.happen(at -> {
            if (world.shelf().articles(product).isEmpty()) {
                throw new IllegalArgumentException("No product " + product);
            }
            return new Deed.WixRemoved(at, product);
        });
    }

    private List<WixChange> shown(Article article, int quantity) {
        var left = quantity;
        var changes = new ArrayList<WixChange>();
        for (var item : known(article).reversed()) {
            var here = item.place() == 0 ? left : Math.clamp(item.now().quantity(), 0, left);
            left -= here;
            changes.add(new WixChange(article.index(), item.place(), here, 0, true, null));
        }
        return changes;
    }

    /** Makes the API tell all malformed orders as they truly are; answers their ids. */
    public List<String> repairAll() {
        var broken = world.all()
                .filter(sale -> world.badness(sale.key()) == Fault.MALFORMED)
                .toList();
        broken.forEach(sale -> world.happen(at -> new Deed.WixRepaired(sale.key())));
        return broken.stream()
                .map(sale -> world.sales().id(sale.key()).toString())
                .toList();
    }

    /** The owner removes the app and destroys his key. */
    public void revoke() {
        world.happen(at -> new Deed.WixRevoked());
        webhooks.appRemoved(world.instance());
    }

    /** The owner comes back; {@link #entries} has the other key that he has then. */
    public void install() {
        world.happen(at -> new Deed.WixInstalled());
    }

    public void moveCatalog(String version) {
        if (!CATALOGS.contains(version)) {
            throw new IllegalArgumentException("No catalog version " + version);
        }
        world.happen(at -> new Deed.WixCatalogMoved(at, version));
    }

    public int mostRequestsInAnyMinute() {
        return gate.requests().most();
    }

    @Override
    public void close() {
        webhooks.close();
    }

    private static String sha256(ObjectNode document) {
        try {
            var canonical = CANONICAL.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
