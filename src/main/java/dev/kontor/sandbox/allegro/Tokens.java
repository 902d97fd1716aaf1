package dev.kontor.sandbox.allegro;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

import tools.jackson.databind.node.ObjectNode;

/** Makes codes and tokens that look like Allegro's and mean nothing. */
final class Tokens {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private final SecureRandom random = new SecureRandom();

    String random(int bytes) {
        var value = new byte[bytes];
        random.nextBytes(value);
        return BASE64.encodeToString(value);
    }

    String userCode() {
        var code = new StringBuilder();
        for (var i = 0; i < 9; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    String jwt(ObjectNode claims) {
        var header = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8);
        return BASE64.encodeToString(header) + "." + BASE64.encodeToString(Json.MAPPER.writeValueAsBytes(claims)) + "."
                + random(64);
    }
}
