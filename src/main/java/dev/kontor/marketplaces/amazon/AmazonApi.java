package dev.kontor.marketplaces.amazon;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Amazon's Selling Partner API, one region of it. The headers prove the permission. */
@HttpExchange(accept = "application/json")
interface AmazonApi {

    @GetExchange("/sellers/v1/marketplaceParticipations")
    void participations(@RequestHeader Map<String, String> permission);

    @GetExchange("/orders/2026-01-01/orders")
    void searchOrders(
            @RequestHeader Map<String, String> permission, @RequestParam MultiValueMap<String, String> question);

    @GetExchange("/orders/2026-01-01/orders/{id}")
    void order(
            @RequestHeader Map<String, String> permission,
            @PathVariable("id") String id,
            @RequestParam("includedData") String included);

    @GetExchange("/listings/2021-08-01/items/{seller}")
    void searchListings(
            @RequestHeader Map<String, String> permission,
            @PathVariable("seller") String seller,
            @RequestParam MultiValueMap<String, String> question);

    @GetExchange("/listings/2021-08-01/items/{seller}/{sku}")
    void listing(
            @RequestHeader Map<String, String> permission,
            @PathVariable("seller") String seller,
            @PathVariable("sku") String sku,
            @RequestParam("marketplaceIds") String marketplaces,
            @RequestParam("includedData") String included);

    @PatchExchange(url = "/listings/2021-08-01/items/{seller}/{sku}", contentType = "application/json")
    void patchListing(
            @RequestHeader Map<String, String> permission,
            @PathVariable("seller") String seller,
            @PathVariable("sku") String sku,
            @RequestParam("marketplaceIds") String marketplaces,
            @RequestBody Map<String, ?> patch);

    @PostExchange(url = "/feeds/2021-06-30/documents", contentType = "application/json")
    void createFeedDocument(@RequestHeader Map<String, String> permission, @RequestBody Map<String, ?> document);

    @PostExchange(url = "/feeds/2021-06-30/feeds", contentType = "application/json")
    void createFeed(@RequestHeader Map<String, String> permission, @RequestBody Map<String, ?> feed);

    @GetExchange("/feeds/2021-06-30/feeds/{id}")
    void feed(@RequestHeader Map<String, String> permission, @PathVariable("id") String id);

    /** Its address answers so that every client unpacks what it brings. */
    @GetExchange("/feeds/2021-06-30/documents/{id}?enableContentEncodingUrlHeader=true")
    void feedDocument(@RequestHeader Map<String, String> permission, @PathVariable("id") String id);

    @GetExchange("/fba/inventory/v1/summaries?details=true&granularityType=Marketplace")
    void fulfilled(
            @RequestHeader Map<String, String> permission,
            @RequestParam("granularityId") String marketplace,
            @RequestParam("marketplaceIds") String sameMarketplace,
            @RequestParam(name = "nextToken", required = false) @Nullable String token);
}
