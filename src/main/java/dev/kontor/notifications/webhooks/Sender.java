package dev.kontor.notifications.webhooks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.kontor.marketplaces.PermittedAddresses;
import dev.kontor.notifications.webhooks.Attempt.Result;

/** Sends a message once, to an address that is looked at each time, because names may lead elsewhere by now. */
@Component
class Sender implements AutoCloseable {

    private static final Duration LONGEST_PEACE = Duration.ofDays(1);

    private final PermittedAddresses permitted;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient http;

    Sender(WebhookProperties properties, Clock clock) {
        this.permitted = new PermittedAddresses(properties.permitted());
        this.timeout = properties.timeout();
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** @throws IOException where nobody may be called there, for a reason that may be shown */
    void check(URI url) throws IOException {
        permitted.check(url);
    }

    Attempt send(URI url, UUID message, String body, List<byte[]> keys) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a call within a transaction would hold its locks while others think");
        }
        var at = clock.instant();
        long begun = System.nanoTime();
        try {
            permitted.check(url);
            var response = exchange(request(url, message, body, keys, at));
            int status = response.statusCode();
            return new Attempt(
                    at, status / 100 == 2 ? Result.TAKEN : Result.REFUSED, status, since(begun), peace(response, at));
        } catch (IOException e) {
            return new Attempt(at, result(e), null, since(begun), null);
        }
    }

    private HttpRequest request(URI url, UUID message, String body, List<byte[]> keys, Instant at) {
        return HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Kontor")
                .header("webhook-id", message.toString())
                .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .header("webhook-signature", Signature.of(keys, message, at, body))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** The answer with all of its body, of which nothing is kept, has to come in time: one that trickles is cut off. */
    private HttpResponse<Void> exchange(HttpRequest request) throws IOException {
        var answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static Result result(IOException failure) {
        return switch (failure) {
            case PermittedAddresses.NotPermitted _ -> Result.NOT_PERMITTED;
            case HttpTimeoutException _ -> Result.TIMEOUT;
            case SSLException _ -> Result.UNTRUSTED;
            default -> Result.UNREACHABLE;
        };
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static @Nullable Duration peace(HttpResponse<?> response, Instant now) {
        return response.headers()
                .firstValue("Retry-After")
                .map(text -> wait(text.strip(), now))
                .filter(wait -> !wait.isNegative())
                .map(wait -> wait.compareTo(LONGEST_PEACE) > 0 ? LONGEST_PEACE : wait)
                .orElse(null);
    }

    private static Duration wait(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO; // as if it had not been said
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
