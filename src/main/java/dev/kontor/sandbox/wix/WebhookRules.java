package dev.kontor.sandbox.wix;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where the app wants to be told of events, and how it is proven that they are told by this site.
 *
 * @param url nobody is told anything without one
 * @param signingKey the private RSA key, PKCS #8 in base64; a new one by default
 */
public record WebhookRules(@Nullable URI url, @Nullable String signingKey) {

    @Override
    public String toString() {
        return "WebhookRules[url=" + url + "]";
    }
}
