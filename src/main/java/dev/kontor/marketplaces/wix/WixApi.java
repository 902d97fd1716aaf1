package dev.kontor.marketplaces.wix;

import java.util.Map;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Wix's REST API, as far as orders, listings and stock go. Which headers prove the permission depends on its kind. */
@HttpExchange(accept = "application/json", contentType = "application/json")
interface WixApi {

    @PostExchange("/oauth2/token")
    void token(@RequestBody Map<String, String> request);

    @GetExchange("/stores/v3/provision/version")
    void catalogVersion(@RequestHeader Map<String, String> permission);

    @GetExchange("/ecom/v1/orders/{id}")
    void order(@RequestHeader Map<String, String> permission, @PathVariable("id") String id);

    @PostExchange("/ecom/v1/orders/search")
    void search(@RequestHeader Map<String, String> permission, @RequestBody OrderSearch search);

    // Catalog V1

    @PostExchange("/stores-reader/v1/products/query")
    void products(@RequestHeader Map<String, String> permission, @RequestBody Map<String, Object> query);

    @PostExchange("/stores-reader/v2/inventoryItems/product/{product}/getVariants")
    void stockOf(
            @RequestHeader Map<String, String> permission,
            @PathVariable("product") String product,
            @RequestBody Map<String, Object> all);

    @PatchExchange("/stores/v2/inventoryItems/product/{product}")
    void setStock(
            @RequestHeader Map<String, String> permission,
            @PathVariable("product") String product,
            @RequestBody Map<String, Object> item);

    /** @param verb {@code increment} or {@code decrement} */
    @PostExchange("/stores/v2/inventoryItems/{verb}")
    void changeStock(
            @RequestHeader Map<String, String> permission,
            @PathVariable("verb") String verb,
            @RequestBody Map<String, Object> change);

    // Catalog V3

    @PostExchange("/stores/v3/products/query-variants")
    void variants(@RequestHeader Map<String, String> permission, @RequestBody Map<String, Object> query);

    @PostExchange("/stores/v3/inventory-items/query")
    void queryStock(@RequestHeader Map<String, String> permission, @RequestBody Map<String, Object> query);

    @GetExchange("/stores/v3/inventory-items/{id}")
    void stockItem(@RequestHeader Map<String, String> permission, @PathVariable("id") String id);

    @PatchExchange("/stores/v3/inventory-items/{id}")
    void updateStock(
            @RequestHeader Map<String, String> permission,
            @PathVariable("id") String id,
            @RequestBody Map<String, Object> update);

    @PostExchange("/stores/v3/bulk/inventory-items/update")
    void updateStocks(@RequestHeader Map<String, String> permission, @RequestBody Map<String, Object> updates);
}
