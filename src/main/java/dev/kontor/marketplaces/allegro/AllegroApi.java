package dev.kontor.marketplaces.allegro;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Allegro's REST API, as far as orders go. */
@HttpExchange(accept = "application/vnd.allegro.public.v1+json")
interface AllegroApi {

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
}
