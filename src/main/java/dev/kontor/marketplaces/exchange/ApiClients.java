package dev.kontor.marketplaces.exchange;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Consumer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Makes the clients behind adapters' HTTP interfaces. Their methods are called within {@link Exchange#perform} only. */
@Component
public class ApiClients {

    private final RestClient.Builder builder;

    ApiClients(ExchangeProperties properties) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .build();
        var factory = new JdkClientHttpRequestFactory(http);
        factory.setReadTimeout(properties.readTimeout());
        factory.enableCompression(true);
        builder = RestClient.builder()
                .requestFactory(factory)
                .defaultStatusHandler(status -> true, (request, response) -> {}); // the exchange judges the status
    }

    /**
     * @param api an interface of {@code @HttpExchange} methods that return nothing: the exchange hands on the answer
     * @param harmless what of the traffic the exchange log may show
     */
    public <A> A create(Class<A> api, URI base, Consumer<HttpHeaders> headers, Harmless harmless) {
        var client = builder.clone()
                .requestInterceptor(new AttemptRecorder(harmless))
                .requestInterceptor(new AddressCheck(base))
                .baseUrl(base.toString())
                .defaultHeaders(headers)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(api);
    }
}
