package dev.kontor.marketplaces.bazarek;

import java.util.Collection;
import java.util.Map;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Bazarek's REST API. The same key goes with every call. */
@HttpExchange(accept = "application/json", contentType = "application/json")
interface BazarekApi {

    String KEY = "X-Bazarek-Key";

    @GetExchange("/v1/shop")
    void shop(@RequestHeader(KEY) String key);

    @GetExchange("/v1/changes")
    void changes(@RequestHeader(KEY) String key, @RequestParam Map<String, String> page);

    @GetExchange("/v1/changes/latest")
    void latestChange(@RequestHeader(KEY) String key);

    @GetExchange("/v1/orders")
    void orders(@RequestHeader(KEY) String key, @RequestParam Map<String, String> page);

    @GetExchange("/v1/orders/{id}")
    void order(@RequestHeader(KEY) String key, @PathVariable("id") String id);

    @GetExchange("/v1/listings")
    void listings(@RequestHeader(KEY) String key, @RequestParam Map<String, String> page);

    @GetExchange("/v1/listings/{id}")
    void listing(@RequestHeader(KEY) String key, @PathVariable("id") String id);

    @GetExchange("/v1/stock")
    void stock(@RequestHeader(KEY) String key, @RequestParam("listing") Collection<String> listings);

    @PutExchange("/v1/stock")
    void putStock(@RequestHeader(KEY) String key, @RequestBody Map<String, Object> quantities);
}
