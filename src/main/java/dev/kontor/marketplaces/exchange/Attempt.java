package dev.kontor.marketplaces.exchange;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** One request and what came of it; filled in by {@link AttemptRecorder} while it is made. */
class Attempt {

    /** The attempt that the current thread is making. */
    static final ScopedValue<Attempt> CURRENT = ScopedValue.newInstance();

    private final Instant askedAt;
    private final int number;
    private final long started = System.nanoTime();
    private String method = "";
    private @Nullable URI uri;
    private int status;
    private HttpHeaders headers = HttpHeaders.EMPTY;
    private byte[] body = {};
    private Harmless harmless = Harmless.NOTHING;
    private @Nullable IOException failure;
    private Set<String> mended = Set.of();

    Attempt(Instant askedAt, int number) {
        this.askedAt = askedAt;
        this.number = number;
    }

    void sends(String method, URI uri, Harmless harmless) {
        this.method = method;
        this.uri = uri;
        this.harmless = harmless;
    }

    void answered(int status, HttpHeaders headers) {
        this.status = status;
        this.headers = headers;
    }

    void brought(byte[] body) {
        this.body = body;
    }

    void failed(IOException failure) {
        this.failure = failure;
    }

    void mended(Set<String> fields) {
        this.mended = Set.copyOf(fields);
    }

    /** Fields of the answer with signs in them that nobody can store. */
    Set<String> mended() {
        return mended;
    }

    Instant askedAt() {
        return askedAt;
    }

    int number() {
        return number;
    }

    long elapsedNanos() {
        return System.nanoTime() - started;
    }

    String method() {
        return method;
    }

    @Nullable
    URI uri() {
        return uri;
    }

    /** 0 while there was none. */
    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Harmless harmless() {
        return harmless;
    }

    @Nullable
    IOException failure() {
        return failure;
    }
}
