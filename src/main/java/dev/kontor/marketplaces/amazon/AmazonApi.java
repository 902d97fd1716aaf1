package dev.kontor.marketplaces.amazon;

import java.util.Map;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

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
}
