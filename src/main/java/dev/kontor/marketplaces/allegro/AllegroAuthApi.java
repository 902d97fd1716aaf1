package dev.kontor.marketplaces.allegro;

import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Allegro's authorization server; parameters travel as a form. */
@HttpExchange(accept = "application/json", contentType = "application/x-www-form-urlencoded")
interface AllegroAuthApi {

    @PostExchange("/device")
    void device(@RequestHeader("Authorization") String basic, @RequestParam("client_id") String clientId);

    @PostExchange("/token")
    void deviceToken(
            @RequestHeader("Authorization") String basic,
            @RequestParam("grant_type") String grantType,
            @RequestParam("device_code") String deviceCode);

    @PostExchange("/token")
    void refreshedToken(
            @RequestHeader("Authorization") String basic,
            @RequestParam("grant_type") String grantType,
            @RequestParam("refresh_token") String refreshToken);
}
