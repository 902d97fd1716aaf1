package dev.kontor.marketplaces.amazon;

import java.net.URI;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Where documents of feeds lie. The address itself is the permission, and good for minutes. */
@HttpExchange
interface AmazonDocuments {

    /** As announced when the address was asked for; another one is refused. */
    String TYPE = "application/json;charset=UTF-8";

    @PutExchange(contentType = TYPE)
    void upload(URI address, @RequestBody byte[] document);

    @GetExchange
    void fetch(URI address);
}
