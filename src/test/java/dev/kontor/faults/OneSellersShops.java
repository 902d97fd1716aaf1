package dev.kontor.faults;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import dev.kontor.HttpCaller;
import dev.kontor.ThreeAccounts;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.amazon.TrueListing;
import dev.kontor.sandbox.wix.TrueArticle;

import static dev.kontor.ThreeAccounts.ALLEGRO;
import static dev.kontor.ThreeAccounts.AMAZON;
import static dev.kontor.ThreeAccounts.WIX;

/** One seller of the sandbox who sells the same goods at Allegro, Wix and Amazon, and whose accounts Kontor writes to. */
final class OneSellersShops {

    private static final List<String> BUDGETS = List.of(
            "allegro.application",
            "allegro.offer-edits",
            "allegro.offer-edits-hourly",
            "allegro.offers",
            "allegro.offer-parts",
            "allegro.quantity-changes",
            "allegro.quantity-changes-hourly",
            "wix.site",
            "wix.tokens",
            "amazon.tokens",
            "amazon.participations",
            "amazon.search-orders",
            "amazon.order",
            "amazon.listing",
            "amazon.search-listings",
            "amazon.patch-listing",
            "amazon.fba-summaries",
            "amazon.create-feed-document",
            "amazon.create-feed",
            "amazon.feed",
            "amazon.feed-document");

    private final Sandbox sandbox;
    private final Map<String, String> offers = new HashMap<>();
    private final Map<String, TrueArticle> articles = new HashMap<>();
    private final List<String> skus = new ArrayList<>();
    private final Map<String, UUID> accounts = new LinkedHashMap<>();

    /** Finds what can be had at all three. */
    OneSellersShops(Sandbox sandbox) {
        this.sandbox = sandbox;
        sandbox.allegro().offers(0).filter(it -> it.status().equals("ACTIVE")).forEach(it -> {
            if (it.sku() != null) {
                offers.put(it.sku(), it.id());
            }
        });
        sandbox.wix().articles().filter(it -> it.visible() && it.tracked()).forEach(it -> {
            if (it.sku() != null) {
                articles.put(it.sku(), it);
            }
        });
        var listings = new TreeSet<>(sandbox.amazon()
                .listings()
                .filter(it -> it.merchant() && it.buyable() > 0)
                .map(TrueListing::sku)
                .toList());
        listings.retainAll(offers.keySet());
        listings.retainAll(articles.keySet());
        listings.removeIf(sku -> !sku.matches("[A-Za-z0-9-]+"));
        skus.addAll(listings);
    }

    /** Its goods are told of, bought and written at once; an order's life takes seconds, unless more is said. */
    static Sandbox simulation(long seed, int catalog, String... more) {
        var common = Stream.of(
                "seed=" + Math.floorMod(seed, 1_000_000),
                "catalog=" + catalog,
                "orders=1",
                "live-orders-per-minute=0",
                "live-pace=100000",
                "merges=0",
                "limits=off",
                "list-delay=0s",
                "offer-list-delay=0s",
                "command-delay=200ms",
                "confirm-after=0s",
                "poll-interval=1s",
                "slowness=150ms",
                "wix.orders=1",
                "wix.live-orders-per-minute=0",
                "wix.elsewhere=0",
                "amazon.orders=1",
                "amazon.live-orders-per-minute=0",
                "amazon.delay=0s",
                "amazon.patch-delay=200ms",
                "amazon.feed-delay=1s",
                "amazon.fba=0");
        return Sandbox.start(Scenario.of(Stream.concat(common, Stream.of(more)).toArray(String[]::new)));
    }

    /** What Kontor has to be told to find the three, and to go as fast as they let it. */
    static List<String> settings(Sandbox sandbox) {
        return Stream.concat(
                        addresses(sandbox).stream(),
                        BUDGETS.stream()
                                .flatMap(it -> Stream.of(
                                        "kontor.exchange.limits." + it + ".burst=100000",
                                        "kontor.exchange.limits." + it + ".per-minute=6000000",
                                        "kontor.exchange.limits." + it + ".full=true")))
                .toList();
    }

    /** The same where they count what it asks for. */
    static List<String> addresses(Sandbox sandbox) {
        var amazon = sandbox.baseUrl() + "/amazon";
        var rules = sandbox.scenario().amazon();
        return Stream.of(
                        Arrays.stream(SandboxInitializer.settings(sandbox.baseUrl())),
                        Stream.of(
                                "kontor.wix.api-url=" + sandbox.baseUrl() + "/wix",
                                "kontor.wix.app-id=" + sandbox.scenario().wix().appId(),
                                "kontor.wix.app-secret="
                                        + sandbox.scenario().wix().appSecret(),
                                "kontor.wix.history=30d",
                                "kontor.wix.webhook.key="
                                        + sandbox.wix().entries().get("webhookKey"),
                                "kontor.amazon.api-url=" + amazon,
                                "kontor.amazon.auth-url=" + amazon,
                                "kontor.amazon.client-id=" + rules.clientId(),
                                "kontor.amazon.client-secret=" + rules.clientSecret(),
                                "kontor.amazon.history=10d",
                                "kontor.amazon.search-interval=2s",
                                "kontor.amazon.queue.url=" + amazon + "/queue/000000000000/kontor",
                                "kontor.amazon.queue.endpoint=" + amazon + "/queue",
                                "kontor.amazon.queue.access-key=kontor-sandbox",
                                "kontor.amazon.queue.secret-key=kontor-sandbox-queue-secret"))
                .flatMap(it -> it)
                .toList();
    }

    /** What can be had at all three. */
    List<String> skus() {
        return skus;
    }

    /** The seller puts as many of one on show everywhere. */
    void show(String sku, int units) {
        var article = articles.get(sku);
        sandbox.allegro().show(0, offers.get(sku), units);
        sandbox.wix().show(article.product(), article.variant(), units);
        sandbox.amazon().show(sku, units);
    }

    /** Kontor is the truth; it writes when it knows all three, or it would give away what the third one shows already. */
    void connect(HttpCaller kontor) {
        var control = HttpCaller.nobody(URI.create(sandbox.baseUrl()).getPort());
        var connected = new ThreeAccounts(control, kontor, Seller.waiting());
        connected.connect();
        for (var mode : List.of("OBSERVING", "WRITING")) {
            ThreeAccounts.ALL.forEach(
                    marketplace -> connected.answer(marketplace, Map.of("truth", "KONTOR", "mode", mode)));
        }
        ThreeAccounts.ALL.forEach(marketplace -> accounts.put(marketplace, connected.id(marketplace)));
    }

    /** Somebody buys one of the goods, or whatever he finds. */
    void buySomething(Random random) {
        var sku = skus.get(random.nextInt(skus.size()));
        var quantity = 1 + random.nextInt(3);
        switch (random.nextInt(6)) {
            case 0 -> sandbox.allegro().buy(0, 1);
            case 1 -> sandbox.wix().buy(1);
            case 2 -> buy(ALLEGRO, sku, quantity);
            case 3 -> buy(WIX, sku, quantity);
            default -> buy(AMAZON, sku, quantity);
        }
    }

    /** @return how many were there to be bought */
    int buy(String marketplace, String sku, int quantity) {
        return switch (marketplace) {
            case ALLEGRO -> sandbox.allegro().buy(0, offers.get(sku), quantity);
            case WIX -> {
                var article = articles.get(sku);
                yield sandbox.wix().buy(article.product(), article.variant(), quantity);
            }
            default -> sandbox.amazon().buy(sku, quantity);
        };
    }

    /** A true order, wherever it was placed. */
    record Sale(UUID account, String id, Map<String, Integer> units, boolean cancelled) {}

    List<Sale> sales() {
        var allegro = accounts.get(ALLEGRO);
        var wix = accounts.get(WIX);
        var amazon = accounts.get(AMAZON);
        return Stream.of(
                        sandbox.allegro()
                                .orders(0, false)
                                .map(it -> new Sale(
                                        allegro,
                                        it.id(),
                                        it.units(),
                                        it.status().equals("CANCELLED")
                                                || it.fulfillment().equals("CANCELLED"))),
                        sandbox.wix()
                                .orders()
                                .map(it -> new Sale(
                                        wix, it.id(), it.units(), it.status().equals("CANCELED"))),
                        sandbox.amazon()
                                .orders()
                                .map(it -> new Sale(
                                        amazon, it.id(), it.units(), it.status().equals("CANCELLED"))))
                .flatMap(it -> it)
                .toList();
    }

    /** What each account truly shows, by SKU; only of goods that can be had at all three. */
    Map<UUID, Map<String, Integer>> shown() {
        var shown = new LinkedHashMap<UUID, Map<String, Integer>>();
        accounts.values().forEach(account -> shown.put(account, new TreeMap<>()));
        sandbox.allegro()
                .offers(0)
                .filter(it -> it.id().equals(offers.get(it.sku())))
                .forEach(it -> shown.get(accounts.get(ALLEGRO))
                        .put(it.sku(), it.status().equals("ACTIVE") ? it.available() : 0));
        sandbox.wix()
                .articles()
                .filter(it -> articles.containsKey(it.sku()))
                .forEach(it -> shown.get(accounts.get(WIX)).put(it.sku(), it.available()));
        sandbox.amazon()
                .listings()
                .filter(TrueListing::merchant)
                .forEach(it -> shown.get(accounts.get(AMAZON)).put(it.sku(), it.quantity()));
        shown.values().forEach(all -> all.keySet().retainAll(skus));
        return shown;
    }
}
