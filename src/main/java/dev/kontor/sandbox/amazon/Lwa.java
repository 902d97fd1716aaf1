package dev.kontor.sandbox.amazon;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;

/** Login with Amazon: gives access tokens for the seller's refresh token, and lets in who has one. */
final class Lwa {

    private static final String TOKEN = "Atza|";

    private final AmazonWorld world;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    Lwa(AmazonWorld world) {
        this.world = world;
    }

    Reply token(Call call) throws AmazonProblem {
        var form = call.form();
        var rules = world.rules();
        if (!"refresh_token".equals(Call.first(form, "grant_type"))) {
            throw AmazonProblem.authorization(400, "unsupported_grant_type", "The grant type is not supported");
        }
        if (!rules.clientId().equals(Call.first(form, "client_id"))
                || !rules.clientSecret().equals(Call.first(form, "client_secret"))) {
            throw AmazonProblem.authorization(401, "invalid_client", "Client authentication failed");
        }
        if (!world.refreshToken().equals(Call.first(form, "refresh_token"))) {
            throw AmazonProblem.authorization(400, "invalid_grant", "The request has an invalid grant parameter");
        }
        var life = rules.tokenLife();
        return Reply.json(
                200,
                Map.of(
                        "access_token", signed(world.wall() + life.toMillis()),
                        "refresh_token", world.refreshToken(),
                        "token_type", "bearer",
                        "expires_in", life.toSeconds()));
    }

    void admit(Call call) throws AmazonProblem {
        var token = call.header("x-amz-access-token");
        if (token == null || token.isBlank()) {
            throw AmazonProblem.of(403, "MissingInput", "Access token is missing in the request header.", "");
        }
        var claims = claims(token);
        if (claims == null || revoked.contains(token) || !claims[0].equals(world.refreshToken())) {
            throw AmazonProblem.denied("The access token you provided is revoked, malformed or invalid.");
        }
        if (world.wall() >= Long.parseLong(claims[1])) {
            throw AmazonProblem.denied("The access token you provided has expired.");
        }
    }

    /** Of one token alone. */
    void revoke(Call call) {
        var token = call.header("x-amz-access-token");
        if (token != null) {
            revoked.add(token);
        }
    }

    /** The token says by itself for whom and until when it is, so that a restart forgets none. */
    private String signed(long until) {
        var nonce = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((world.refreshToken() + " " + until + " " + nonce).getBytes(StandardCharsets.UTF_8));
        return TOKEN + claims + "." + signature(claims);
    }

    private String @Nullable [] claims(String token) {
        var parts = token.replaceFirst("^Atza\\|", "").split("\\.");
        if (parts.length != 2
                || !MessageDigest.isEqual(
                        signature(parts[0]).getBytes(StandardCharsets.UTF_8),
                        parts[1].getBytes(StandardCharsets.UTF_8))) {
            return null;
        }
        return new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).split(" ");
    }

    private String signature(String claims) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(world.rules().clientSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(claims.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
