package dev.kontor.sandbox.allegro;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;

/** The authorization endpoints: device codes, and tokens for them, for refresh tokens and for the program itself. */
final class Authorization {

    static final String READ_ORDERS = "allegro:api:orders:read";
    static final String WRITE_ORDERS = "allegro:api:orders:write";
    static final String READ_PROFILE = "allegro:api:profile:read";
    static final String READ_OFFERS = "allegro:api:sale:offers:read";
    static final String WRITE_OFFERS = "allegro:api:sale:offers:write";
    private static final String ALL_SCOPES = String.join(
            " ",
            READ_ORDERS,
            WRITE_ORDERS,
            READ_PROFILE,
            READ_OFFERS,
            WRITE_OFFERS,
            "allegro:api:sale:settings:read",
            "allegro:api:billing:read");

    private final World world;
    private final Tokens tokens = new Tokens();

    Authorization(World world) {
        this.world = world;
    }

    Reply device(Call call) throws Problem {
        checkClient(call);
        var form = call.form();
        if (!world.rules().clientId().equals(Call.first(form, "client_id"))) {
            throw Problem.authorization(400, "invalid_request", "Missing or wrong client_id");
        }
        var scope = Call.first(form, "scope");
        var asked = new Deed.DeviceAsked(
                world.wall(), tokens.random(24), tokens.userCode(), scope == null ? ALL_SCOPES : scope);
        world.happen(asked);
        var page = "http://" + call.header("Host") + "/allegro/skojarz-aplikacje";
        return Reply.json(
                200,
                Json.object()
                        .put("device_code", asked.deviceCode())
                        .put("user_code", asked.userCode())
                        .put("expires_in", world.rules().deviceCodeLife().toSeconds())
                        .put(
                                "interval",
                                Math.max(1, world.rules().pollInterval().toSeconds()))
                        .put("verification_uri", page)
                        .put("verification_uri_complete", page + "?code=" + asked.userCode()));
    }

    Reply token(Call call) throws Problem {
        checkClient(call);
        var form = call.form();
        return switch (Call.first(form, "grant_type")) {
            case "urn:ietf:params:oauth:grant-type:device_code" -> forDevice(Call.first(form, "device_code"));
            case "refresh_token" -> forRefresh(Call.first(form, "refresh_token"));
            case "client_credentials" -> forProgram();
            case null -> throw Problem.authorization(400, "invalid_request", "Missing grant type");
            default -> throw Problem.authorization(400, "unsupported_grant_type", "Unsupported grant type");
        };
    }

    private Reply forDevice(@Nullable String code) throws Problem {
        var device = code == null ? null : world.devices().byDeviceCode(code);
        if (code == null || device == null) {
            throw Problem.authorization(400, "invalid_request", "Invalid device code");
        }
        synchronized (device) {
            switch (world.devices().poll(device, world.wall())) {
                case UNKNOWN -> throw Problem.authorization(400, "invalid_request", "Invalid device code");
                case PENDING ->
                    throw Problem.authorization(
                            400, "authorization_pending", "User has not authorized the device code yet.");
                case TOO_FAST -> throw Problem.authorization(400, "slow_down", "Device is polling too fast.");
                case REFUSED -> throw Problem.authorization(400, "access_denied", "User denied access.");
                case CONFIRMED -> {
                    if (world.devices().byDeviceCode(code) == null) {
                        throw Problem.authorization(400, "invalid_request", "Invalid device code");
                    }
                    return grant(UUID.randomUUID().toString(), device.seller(), device.scope(), code, null);
                }
            }
        }
        throw new IllegalStateException("A poll has no other result");
    }

    private synchronized Reply forRefresh(@Nullable String token) throws Problem {
        var access = token == null ? null : world.sessions().byRefreshToken(token, world.wall());
        if (access == null) {
            throw Problem.authorization(400, "invalid_grant", "Invalid refresh token: " + shortened(token));
        }
        return grant(access.session(), access.seller(), String.join(" ", access.scopes()), null, token);
    }

    private Reply grant(
            String session, int seller, String scope, @Nullable String deviceCode, @Nullable String usedRefreshToken) {
        var jti = UUID.randomUUID().toString();
        var access = accessToken(world.shop(seller).id(), scope, jti);
        var refresh = tokens.jwt(
                Json.object().put("ati", jti).put("jti", UUID.randomUUID().toString()));
        world.happen(
                new Deed.Granted(world.wall(), session, seller, scope, access, refresh, deviceCode, usedRefreshToken));
        return Reply.json(
                200,
                Json.object()
                        .put("access_token", access)
                        .put("token_type", "bearer")
                        .put("refresh_token", refresh)
                        .put("expires_in", world.rules().accessTokenLife().toSeconds())
                        .put("scope", scope)
                        .put("allegro_api", true)
                        .put("jti", jti));
    }

    /** A token of the program alone: good for public resources, of which this simulation has none. */
    private Reply forProgram() {
        var jti = UUID.randomUUID().toString();
        return Reply.json(
                200,
                Json.object()
                        .put("access_token", World.PROGRAM + accessToken("", "", jti))
                        .put("token_type", "bearer")
                        .put("expires_in", world.rules().accessTokenLife().toSeconds())
                        .put("allegro_api", true)
                        .put("jti", jti));
    }

    private String accessToken(String user, String scope, String jti) {
        JsonNode scopes = Json.MAPPER.valueToTree(scope.split(" "));
        var claims = Json.object()
                .put("user_name", user)
                .put("exp", (world.wall() + world.rules().accessTokenLife().toMillis()) / 1000)
                .put("jti", jti)
                .put("client_id", world.rules().clientId())
                .put("allegro_api", true);
        claims.set("scope", scopes);
        return tokens.jwt(claims);
    }

    private void checkClient(Call call) throws Problem {
        var expected = world.rules().clientId() + ":" + world.rules().clientSecret();
        var encoded = Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8));
        var given = call.header("Authorization");
        if (given == null) {
            throw Problem.authorization(401, "unauthorized", "Full authentication is required to access this resource");
        }
        if (!given.equals("Basic " + encoded)) {
            throw Problem.authorization(401, "invalid_client", "Bad client credentials");
        }
        world.countRequest();
    }

    private static String shortened(@Nullable String token) {
        return token == null ? "none" : token.substring(0, Math.min(12, token.length())) + "…";
    }
}
