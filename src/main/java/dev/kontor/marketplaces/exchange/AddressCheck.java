package dev.kontor.marketplaces.exchange;

import java.io.IOException;
import java.net.URI;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

import dev.kontor.marketplaces.PermittedAddresses;

/** Lets a client call no address that is not permitted. */
class AddressCheck implements ClientHttpRequestInterceptor {

    private final PermittedAddresses permitted;

    AddressCheck(URI configured) {
        this.permitted = new PermittedAddresses(configured);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        permitted.check(request.getURI());
        return execution.execute(request, body);
    }
}
