package dev.kontor.api;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** What was sent is compressed, and so might be any size; see RFC 9110, 15.5.16. */
public final class ContentEncoded extends Refusal {

    public ContentEncoded() {
        super("Send the body as it is, without a Content-Encoding.");
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.UNSUPPORTED_MEDIA_TYPE.problem(detail());
    }

    @Override
    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
        return headers;
    }
}
