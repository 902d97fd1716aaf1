package dev.kontor.faults;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kontor.faults.ThreeShops.Shop;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.allegro.TrueOffer;
import dev.kontor.sandbox.amazon.TrueListing;
import dev.kontor.sandbox.wix.TrueArticle;

import static org.assertj.core.api.Assertions.assertThat;

/** What is truly on sale at the three marketplaces, and what buyers and the seller do there. */
final class Market {

    private final Sandbox sandbox;
    private final Map<String, TrueOffer> offers;
    private final Map<String, TrueArticle> articles;
    private final Deque<String> goods;

    /** Of what can be had at all three, all show the same. */
    Market(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.offers = sandbox.allegro()
                .offers(0)
                .filter(it -> it.sku() != null && it.status().equals("ACTIVE"))
                .collect(Collectors.toMap(TrueOffer::sku, it -> it, (one, other) -> one, LinkedHashMap::new));
        this.articles = sandbox.wix()
                .articles()
                .filter(it -> it.sku() != null && it.visible() && it.tracked())
                .collect(Collectors.toMap(TrueArticle::sku, it -> it, (one, other) -> one));
        var amazon = sandbox.amazon()
                .listings()
                .filter(it -> it.merchant() && it.buyable() > 0)
                .map(TrueListing::sku)
                .collect(Collectors.toSet());
        this.goods = offers.keySet().stream()
                .filter(sku -> sku.matches("[A-Za-z0-9-]+") && articles.containsKey(sku) && amazon.contains(sku))
                .collect(Collectors.toCollection(ArrayDeque::new));
        goods.forEach(sku -> Stream.of(Shop.values()).forEach(shop -> showByHand(shop, sku, ThreeShops.UNITS)));
    }

    /** What no story has had yet. */
    List<String> goods() {
        return List.copyOf(goods);
    }

    int truth(Shop shop, String sku) {
        return switch (shop) {
            case ALLEGRO ->
                sandbox.allegro()
                        .offers(0)
                        .filter(it -> sku.equals(it.sku()))
                        .mapToInt(it -> it.status().equals("ACTIVE") ? it.available() : 0)
                        .sum();
            case WIX ->
                sandbox.wix()
                        .articles()
                        .filter(it -> sku.equals(it.sku()))
                        .mapToInt(TrueArticle::available)
                        .sum();
            case AMAZON ->
                sandbox.amazon()
                        .listings()
                        .filter(it -> sku.equals(it.sku()))
                        .mapToInt(TrueListing::buyable)
                        .sum();
        };
    }

    int buy(Shop shop, String sku, int quantity) {
        return switch (shop) {
            case ALLEGRO -> sandbox.allegro().buy(0, offers.get(sku).id(), quantity);
            case WIX -> sandbox.wix().buy(articles.get(sku).product(), variant(sku), quantity);
            case AMAZON -> sandbox.amazon().buy(sku, quantity);
        };
    }

    void showByHand(Shop shop, String sku, int quantity) {
        switch (shop) {
            case ALLEGRO -> sandbox.allegro().show(0, offers.get(sku).id(), quantity);
            case WIX -> sandbox.wix().show(articles.get(sku).product(), variant(sku), quantity);
            case AMAZON -> sandbox.amazon().show(sku, quantity);
        }
    }

    void remove(Shop shop, String sku) {
        switch (shop) {
            case ALLEGRO -> sandbox.allegro().remove(0, offers.get(sku).id());
            case WIX -> sandbox.wix().remove(articles.get(sku).product());
            case AMAZON -> sandbox.amazon().remove(sku);
        }
    }

    /** Goods that no other story has. */
    List<String> goods(int count) {
        assertThat(goods).hasSizeGreaterThanOrEqualTo(count);
        return IntStream.range(0, count).mapToObj(it -> goods.remove()).toList();
    }

    /** Goods of which Wix has no variants. */
    String goodsAlone() {
        return goods(true);
    }

    /** Goods that are one of several variants at Wix. */
    String goodsOfSeveral() {
        return goods(false);
    }

    private String goods(boolean alone) {
        var sku = goods.stream().filter(it -> alone(it) == alone).findFirst().orElseThrow();
        goods.remove(sku);
        return sku;
    }

    private boolean alone(String sku) {
        var product = articles.get(sku).product();
        return articles.values().stream()
                        .filter(it -> it.product().equals(product))
                        .count()
                == 1;
    }

    /** As the site's catalog names it now. */
    private @Nullable String variant(String sku) {
        return sandbox.wix()
                .articles()
                .filter(it -> sku.equals(it.sku()))
                .findFirst()
                .map(TrueArticle::variant)
                .orElse(null);
    }

    /** Whether Wix counts what there is of it. */
    boolean counted(String sku) {
        return sandbox.wix().articles().filter(it -> sku.equals(it.sku())).allMatch(TrueArticle::tracked);
    }

    /** How often a marketplace was asked for, or told, the quantities of single listings, whatever it answered. */
    long stockRequests(Shop shop) {
        var paths = switch (shop) {
            case ALLEGRO -> List.of("/sale/product-offers/", "/sale/offer-quantity-change-commands/");
            case WIX -> List.of("/stores/v3/inventory-items", "/stores/v3/bulk/inventory-items");
            case AMAZON -> List.of("/listings/2021-08-01/items/{sellerId}/{sku}");
        };
        return sandbox.counters().all().entrySet().stream()
                .filter(it -> paths.stream().anyMatch(path -> it.getKey().contains(" /" + shop.code() + path)))
                .flatMap(it -> it.getValue().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    long refusedForTheirNumber(Shop shop) {
        return sandbox.counters().of("/" + shop.code(), 429);
    }

    /** The seller takes his permission back. */
    void revoke(Shop shop) {
        switch (shop) {
            case ALLEGRO -> sandbox.allegro().revokeTokens(0);
            case WIX -> sandbox.wix().revoke();
            case AMAZON -> sandbox.amazon().revoke();
        }
    }
}
