package dev.kontor.notifications.webhooks;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Kontor signs, the specification's own implementation accepts. */
class SignatureTests {

    private static final UUID ID = UUID.randomUUID();
    private static final byte[] KEY = "a key of 24 bytes, or so".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final byte[] OLDER = "an older one of 24 bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final String BODY = "{\"type\":\"order.updated\",\"data\":{\"name\":\"zażółć\"}}";

    private final Instant now = Instant.now();

    private static void verify(byte[] key, Instant sentAt, String body, String signature) throws Exception {
        new Webhook("whsec_" + Base64.getEncoder().encodeToString(key))
                .verify(
                        body,
                        Map.of(
                                "webhook-id", List.of(ID.toString()),
                                "webhook-timestamp", List.of(Long.toString(sentAt.getEpochSecond())),
                                "webhook-signature", List.of(signature)));
    }

    @Test
    void holdsForEachSecretThatSigned() throws Exception {
        var signature = Signature.of(List.of(KEY, OLDER), ID, now, BODY);
        verify(KEY, now, BODY, signature);
        verify(OLDER, now, BODY, signature);
    }

    @Test
    void holdsForNothingElse() {
        var signature = Signature.of(List.of(KEY), ID, now, BODY);
        assertThatThrownBy(() -> verify(OLDER, now, BODY, signature)).isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(KEY, now, BODY + " ", signature))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(KEY, now.minusSeconds(1), BODY, signature))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void whatNoKeySignsIsNotSent() {
        assertThatThrownBy(() -> Signature.of(List.of(), ID, now, BODY)).isInstanceOf(IllegalStateException.class);
    }
}
