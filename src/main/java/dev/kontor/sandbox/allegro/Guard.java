package dev.kontor.sandbox.allegro;

import java.util.Set;
import java.util.regex.Pattern;

import dev.kontor.sandbox.http.Call;

/** Checks what every request to the API must bring along. */
final class Guard {

    /** {@code AppName/1.2.3 (+https://page-about-the-app)}; what libraries say of themselves has no such page. */
    private static final Pattern USER_AGENT = Pattern.compile("[!-.0-~]+/[!-~]+ \\(\\+https?://[^\\s)]+\\)");

    private static final Set<String> WRITES = Set.of("PUT", "POST", "PATCH");

    private final World world;

    Guard(World world) {
        this.world = world;
    }

    Sessions.Access admit(Call call, String scope) throws Problem {
        checkUserAgent(call);
        var access = authorized(call);
        world.countRequest();
        if (!Problem.MEDIA_TYPE.equals(call.header("Accept"))) {
            throw Problem.of(406, "NotAcceptableException", "Accept must be " + Problem.MEDIA_TYPE, null);
        }
        var writes = WRITES.contains(call.method());
        if (writes && !Problem.MEDIA_TYPE.equals(call.header("Content-Type"))) {
            throw Problem.of(
                    415, "HttpMediaTypeNotSupportedException", "Content-Type must be " + Problem.MEDIA_TYPE, null);
        }
        if (!access.scopes().contains(scope)) {
            throw Problem.of(403, "AccessDenied", "The token lacks the scope " + scope, null);
        }
        return access;
    }

    private static void checkUserAgent(Call call) throws Problem {
        var agent = call.header("User-Agent");
        if (agent == null || !USER_AGENT.matcher(agent).matches()) {
            throw Problem.of(
                    403,
                    "AccessDenied",
                    "User-Agent must name the application: AppName/1.2.3 (+https://page-about-the-app)",
                    "User-Agent");
        }
    }

    private Sessions.Access authorized(Call call) throws Problem {
        var header = call.header("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            throw Problem.authorization(401, "unauthorized", "Full authentication is required to access this resource");
        }
        var token = header.substring("Bearer ".length());
        if (token.startsWith(World.PROGRAM)) {
            throw Problem.of(403, "AccessDenied", "The token has no user", null);
        }
        var access = world.sessions().byAccessToken(token, world.wall());
        if (access == null) {
            throw Problem.authorization(401, "invalid_token", "Invalid access token");
        }
        return access;
    }
}
