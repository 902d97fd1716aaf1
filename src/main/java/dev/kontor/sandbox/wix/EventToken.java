package dev.kontor.sandbox.wix;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Puts events into the signed tokens (RS256) that are the bodies of Wix's requests. */
final class EventToken {

    private static final long LIFE_SECONDS = 300;
    private static final String HEADER = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    private final SiteWorld world;
    private @Nullable PrivateKey key;

    EventToken(SiteWorld world) {
        this.world = world;
    }

    /** Made when it is needed first, for that takes a while. */
    private synchronized PrivateKey key() {
        try {
            var known = key == null ? key(world.rules().webhooks().signingKey()) : key;
            key = known;
            return known;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("webhooks.signing-key is no private RSA key (PKCS #8 in base64)", e);
        }
    }

    private static PrivateKey key(@Nullable String given) throws GeneralSecurityException {
        if (given != null && !given.isBlank()) {
            var bytes = Base64.getDecoder().decode(given);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        }
        return Made.KEY;
    }

    /** One for each process, for making one takes a while. */
    private static final class Made {

        private static final PrivateKey KEY = make();

        private static PrivateKey make() {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair().getPrivate();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** As the app's dashboard shows it. */
    String publicPem() {
        try {
            var own = (RSAPrivateCrtKey) key();
            var shown = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(own.getModulus(), own.getPublicExponent()));
            var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(shown.getEncoded());
            return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each layer is a text that holds the next one. */
    String of(String instance, Event event) {
        var envelope = object();
        envelope.put("eventType", event.type());
        envelope.put("instanceId", instance);
        envelope.put("data", event.data().toString());
        envelope.put("identity", "{\"identityType\":\"ANONYMOUS_VISITOR\"}");
        var issuedAt = world.wall() / 1_000;
        var claims = object();
        claims.put("data", envelope.toString());
        claims.put("iss", "wix.com");
        claims.put("aud", world.rules().appId());
        claims.put("iat", issuedAt);
        claims.put("exp", issuedAt + LIFE_SECONDS);
        var content = HEADER + "." + encoded(claims.toString().getBytes(UTF_8));
        return content + "." + encoded(signature(content));
    }

    private byte[] signature(String content) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key());
            signature.update(content.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
