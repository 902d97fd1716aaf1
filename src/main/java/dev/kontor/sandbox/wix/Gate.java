package dev.kontor.sandbox.wix;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.RequestWindow;

/** Gives tokens to the app, and lets in who has one, or the owner's key with the site's id. */
final class Gate {

    private static final String TOKEN = "OauthNG.JWS.";

    /** Wix tells no penalty: who waits until fewer requests lie behind him is welcome again. */
    private static final Duration PENALTY = Duration.ofSeconds(1);

    private final SiteWorld world;
    private final RequestWindow requests;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    Gate(SiteWorld world, boolean limits) {
        this.world = world;
        this.requests =
                new RequestWindow(limits ? world.rules().requestsPerMinute() : 0, PENALTY, Clock.systemUTC()::millis);
    }

    RequestWindow requests() {
        return requests;
    }

    Reply token(Call call) throws WixProblem {
        var type = call.header("Content-Type");
        var body = type != null && type.startsWith("application/json") ? json(call) : null;
        if (body == null) {
            throw WixProblem.authorization(400, "invalid_request", "The body must be JSON");
        }
        if (!body.path("grant_type").asString("").equals("client_credentials")) {
            throw WixProblem.authorization(400, "unsupported_grant_type", "Unsupported grant type");
        }
        var rules = world.rules();
        if (!body.path("client_id").asString("").equals(rules.appId())
                || !body.path("client_secret").asString("").equals(rules.appSecret())) {
            throw WixProblem.authorization(401, "invalid_client", "Unknown app or wrong secret");
        }
        if (!world.installed() || !body.path("instance_id").asString("").equals(world.instance())) {
            throw WixProblem.of(404, "INSTANCE_NOT_FOUND", "The app is not installed there");
        }
        var life = rules.tokenLife();
        return Reply.json(
                200,
                Map.of(
                        "access_token", signed(world.instance(), world.wall() + life.toMillis()),
                        "token_type", "Bearer",
                        "expires_in", life.toSeconds()));
    }

    private static JsonNode json(Call call) throws WixProblem {
        try {
            return JsonMapper.shared().readTree(call.body());
        } catch (JacksonException e) {
            throw WixProblem.authorization(400, "invalid_request", "The body is no JSON");
        }
    }

    void admit(Call call) throws WixProblem {
        var header = call.header("Authorization");
        var secret = header == null ? "" : header.replaceFirst("^Bearer ", "");
        if (secret.startsWith(TOKEN) ? !valid(secret) : !secret.equals(world.key())) {
            throw WixProblem.of(401, "UNAUTHENTICATED", "The token or key is not valid");
        }
        if (!secret.startsWith(TOKEN)) {
            checkSite(call);
        }
        if (requests.enter() > 0) {
            throw WixProblem.tooMany();
        }
    }

    /** Of one token, as if the site's owner had ended its session. */
    void revoke(Call call) {
        var header = call.header("Authorization");
        if (header != null && header.startsWith(TOKEN)) {
            revoked.add(header);
        }
    }

    private void checkSite(Call call) throws WixProblem {
        var site = call.header("wix-site-id");
        var account = call.header("wix-account-id");
        if ((site == null) == (account == null)) {
            throw WixProblem.of(400, "INVALID_ARGUMENT", "Exactly one of wix-site-id and wix-account-id is needed");
        }
        if (!world.rules().siteId().equals(site)) {
            throw WixProblem.of(403, "PERMISSION_DENIED", "The key does not work for this");
        }
    }

    /** The token says by itself for whom and until when it is, so that a restart forgets none. */
    private String signed(String instance, long until) {
        var nonce = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((instance + " " + until + " " + world.generation() + " " + nonce)
                        .getBytes(StandardCharsets.UTF_8));
        return TOKEN + claims + "." + signature(claims);
    }

    private boolean valid(String token) {
        var parts = token.substring(TOKEN.length()).split("\\.");
        if (parts.length != 2
                || revoked.contains(token)
                || !MessageDigest.isEqual(
                        signature(parts[0]).getBytes(StandardCharsets.UTF_8),
                        parts[1].getBytes(StandardCharsets.UTF_8))) {
            return false;
        }
        var claims = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).split(" ");
        return claims[0].equals(world.instance())
                && world.wall() < Long.parseLong(claims[1])
                && Integer.parseInt(claims[2]) == world.generation();
    }

    private String signature(String claims) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(world.rules().appSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(claims.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
