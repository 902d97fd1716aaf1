package dev.kontor.marketplaces.wix;

import java.util.Map;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Wix's REST API, as far as orders go. Which headers prove the permission depends on its kind. */
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
}
