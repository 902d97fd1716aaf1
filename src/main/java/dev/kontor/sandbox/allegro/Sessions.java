package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Deed;

/** What sellers allowed the program, and the tokens that prove it. */
final class Sessions {

    /** Too many sessions of one seller and the oldest dies. */
    private static final int MOST_SESSIONS = 20;

    /** What an access token stands for. */
    record Access(String session, int seller, List<String> scopes) {}

    private static final class Session {
        private final String id;
        private final int seller;
        private final String scope;
        private String accessToken = "";
        private long accessSince;
        private final Map<String, Refresh> refreshTokens = new LinkedHashMap<>();

        private Session(String id, int seller, String scope) {
            this.id = id;
            this.seller = seller;
            this.scope = scope;
        }
    }

    private static final class Refresh {
        private final long since;
        private long usedAt = Long.MAX_VALUE;

        private Refresh(long since) {
            this.since = since;
        }
    }

    private final Rules rules;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Session> byAccessToken = new HashMap<>();
    private final Map<String, Session> byRefreshToken = new HashMap<>();

    Sessions(Rules rules) {
        this.rules = rules;
    }

    /** Takes new tokens into force; the access token before them dies with that. */
    synchronized void apply(Deed.Granted granted) {
        var session =
                sessions.computeIfAbsent(granted.session(), id -> new Session(id, granted.seller(), granted.scope()));
        byAccessToken.remove(session.accessToken);
        session.accessToken = granted.accessToken();
        session.accessSince = granted.at();
        byAccessToken.put(granted.accessToken(), session);
        session.refreshTokens.put(granted.refreshToken(), new Refresh(granted.at()));
        byRefreshToken.put(granted.refreshToken(), session);
        var used = granted.usedRefreshToken() == null ? null : session.refreshTokens.get(granted.usedRefreshToken());
        if (used != null) {
            used.usedAt = Math.min(used.usedAt, granted.at());
        }
        forgetDeadRefreshTokens(session, granted.at());
        endOldestBeyond(granted.seller());
    }

    synchronized void apply(Deed.Revoked revoked) {
        var session = sessions.remove(revoked.session());
        if (session != null) {
            byAccessToken.remove(session.accessToken);
            session.refreshTokens.keySet().forEach(byRefreshToken::remove);
        }
    }

    /** Null if the token is unknown, expired or replaced. */
    synchronized @Nullable Access byAccessToken(String token, long now) {
        var session = byAccessToken.get(token);
        return session == null
                        || now - session.accessSince >= rules.accessTokenLife().toMillis()
                ? null
                : access(session);
    }

    /** Null if the token is unknown, expired, or was used longer ago than the grace for lost answers. */
    synchronized @Nullable Access byRefreshToken(String token, long now) {
        var session = byRefreshToken.get(token);
        var refresh = session == null ? null : session.refreshTokens.get(token);
        return session == null || refresh == null || dead(refresh, now) ? null : access(session);
    }

    synchronized List<String> ofSeller(int seller) {
        var ids = new ArrayList<String>();
        sessions.values().stream().filter(it -> it.seller == seller).forEach(it -> ids.add(it.id));
        return ids;
    }

    private boolean dead(Refresh refresh, long now) {
        var usedUp = refresh.usedAt != Long.MAX_VALUE
                && now - refresh.usedAt >= rules.refreshGrace().toMillis();
        return usedUp || now - refresh.since >= rules.refreshTokenLife().toMillis();
    }

    private void forgetDeadRefreshTokens(Session session, long now) {
        session.refreshTokens.entrySet().removeIf(it -> {
            var dead = dead(it.getValue(), now);
            if (dead) {
                byRefreshToken.remove(it.getKey());
            }
            return dead;
        });
    }

    private void endOldestBeyond(int seller) {
        var open = ofSeller(seller);
        if (open.size() > MOST_SESSIONS) {
            apply(new Deed.Revoked(open.getFirst()));
        }
    }

    private static Access access(Session session) {
        return new Access(session.id, session.seller, Arrays.asList(session.scope.split(" ")));
    }
}
