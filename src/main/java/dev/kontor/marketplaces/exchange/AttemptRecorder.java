package dev.kontor.marketplaces.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Writes down what a request brought, whole, before anybody tries to understand it. */
record AttemptRecorder(Harmless harmless) implements ClientHttpRequestInterceptor {

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] content, ClientHttpRequestExecution execution)
            throws IOException {
        var attempt = Attempt.CURRENT.get();
        attempt.sends(request.getMethod().name(), request.getURI(), harmless);
        try (var response = execution.execute(request, content)) {
            attempt.answered(response.getStatusCode().value(), response.getHeaders());
            attempt.brought(response.getBody().readAllBytes());
            return new Recorded(response.getStatusCode(), response.getHeaders(), attempt.body());
        } catch (IOException e) {
            attempt.failed(e);
            throw e;
        }
    }

    private record Recorded(HttpStatusCode code, HttpHeaders headers, byte[] body) implements ClientHttpResponse {
        @Override
        public HttpStatusCode getStatusCode() {
            return code;
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public void close() {
            // everything is in memory
        }
    }
}
