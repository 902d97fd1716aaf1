package dev.kontor.marketplaces.amazon;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Login with Amazon, where tokens are given. */
@HttpExchange(accept = "application/json", contentType = "application/x-www-form-urlencoded")
interface AmazonAuthApi {

    @PostExchange("/auth/o2/token")
    void token(@RequestBody MultiValueMap<String, String> form);
}
