package dev.kontor.marketplaces.allegro;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Allegro's REST API, as far as orders and stock go. */
@HttpExchange(accept = AllegroApi.JSON)
interface AllegroApi {

    String JSON = "application/vnd.allegro.public.v1+json";

    @GetExchange("/me")
    void me(@RequestHeader("Authorization") String bearer);

    /** @param from the id of the last event seen, which is not a time */
    @GetExchange("/order/events")
    void events(
            @RequestHeader("Authorization") String bearer,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam("limit") int limit);

    @GetExchange("/order/event-stats")
    void eventStats(@RequestHeader("Authorization") String bearer);

    @GetExchange("/order/checkout-forms/{id}")
    void checkoutForm(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);

    /** @param boughtUntil inclusive, like {@code boughtFrom} */
    @GetExchange("/order/checkout-forms?sort=lineItems.boughtAt")
    void checkoutForms(
            @RequestHeader("Authorization") String bearer,
            @RequestParam("lineItems.boughtAt.gte") String boughtFrom,
            @RequestParam("lineItems.boughtAt.lte") String boughtUntil,
            @RequestParam("limit") int limit,
            @RequestParam("offset") int offset);

    @GetExchange("/sale/offers")
    void offers(
            @RequestHeader("Authorization") String bearer,
            @RequestParam("limit") int limit,
            @RequestParam("offset") int offset);

    @GetExchange("/sale/product-offers/{id}")
    void offer(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);

    /** @param edit only what changes; texts and pictures may be loaded again where a product is sent along */
    @PatchExchange(url = "/sale/product-offers/{id}", contentType = JSON)
    void edit(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @RequestBody Map<String, ?> edit);

    @GetExchange("/sale/product-offers/{id}/operations/{operation}")
    void operation(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @PathVariable("operation") String operation);

    @PutExchange(url = "/sale/offer-quantity-change-commands/{id}", contentType = JSON)
    void changeQuantities(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @RequestBody Map<String, ?> command);

    @GetExchange("/sale/offer-quantity-change-commands/{id}/tasks")
    void quantityTasks(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @RequestParam("limit") int limit);
}
