package dev.kontor.marketplaces;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

/** Device codes and tokens of a {@link FakeMarketplace}; a renewal kills the access token before it, as Allegro's does. */
class FakeDeviceAuthorization implements DeviceAuthorization {

    static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofHours(12);

    private enum Stand {
        PENDING,
        GRANTED,
        REFUSED,
        USED
    }

    private record Access(String token, Instant expiresAt) {}

    /** @param usedAt when it was presented first, {@link Instant#MAX} while it was not */
    private record Refresh(int session, Instant usedAt) {}

    private final FakeFaults faults;
    private final FakePermits permits;
    private final Clock clock;
    private final Map<String, Stand> codes = new HashMap<>();
    private final Map<String, Instant> expiries = new HashMap<>();
    private final Map<String, Refresh> refreshes = new HashMap<>();
    private final Map<Integer, Access> sessions = new HashMap<>();
    private int issued;
    private int slowDowns;

    FakeDeviceAuthorization(FakeFaults faults, FakePermits permits, Clock clock) {
        this.faults = faults;
        this.permits = permits;
        this.clock = clock;
    }

    synchronized void decide(boolean granted) {
        codes.replaceAll((code, stand) -> stand == Stand.PENDING ? (granted ? Stand.GRANTED : Stand.REFUSED) : stand);
    }

    synchronized void expireCodes() {
        expiries.replaceAll((code, expiry) -> clock.instant());
    }

    /** The next grant happens, but its answer never arrives. */
    synchronized void loseGrant() {
        codes.replaceAll((code, stand) -> stand == Stand.GRANTED ? Stand.USED : stand);
    }

    synchronized void slowDown() {
        slowDowns++;
    }

    synchronized void expireAccess() {
        sessions.replaceAll((session, access) -> new Access(access.token(), clock.instant()));
    }

    synchronized void revoke() {
        sessions.clear();
        refreshes.clear();
    }

    /** The first tokens of a new session; sessions do not touch one another. */
    synchronized Credentials issue() {
        return issue(issued + 1);
    }

    private Credentials issue(int session) {
        issued++;
        var access = new Access("access-" + issued, clock.instant().plus(LIFE));
        sessions.put(session, access);
        refreshes.put("refresh-" + issued, new Refresh(session, Instant.MAX));
        return new Credentials(Map.of("access", access.token(), "refresh", "refresh-" + issued), access.expiresAt());
    }

    synchronized Answer<String> refusal(Connection connection) {
        if (permits.accepts(connection.credentials())) {
            return new Ok<>("entered");
        }
        var token = connection.credentials().secrets().get("access");
        var valid = sessions.values().stream()
                .anyMatch(access ->
                        access.token().equals(token) && clock.instant().isBefore(access.expiresAt()));
        return valid ? new Ok<>(token) : new Answer.Unauthorized<>("the access token is not valid");
    }

    @Override
    public Validity validity() {
        return new Validity(Duration.ofDays(90), true);
    }

    @Override
    public Answer<DeviceCode> begin(UUID account) {
        return faults.around(Operation.BEGIN, account, () -> new Ok<>(newCode()));
    }

    private synchronized DeviceCode newCode() {
        issued++;
        var secret = "device-" + issued;
        codes.put(secret, Stand.PENDING);
        expiries.put(secret, clock.instant().plus(Duration.ofHours(1)));
        return new DeviceCode(
                secret,
                "code-" + issued,
                URI.create("https://marketplace.example/device?code=code-" + issued),
                expiries.get(secret),
                Duration.ofSeconds(5));
    }

    @Override
    public Answer<Decision> poll(UUID account, DeviceCode code) {
        return faults.around(Operation.POLL, account, () -> new Ok<>(decision(code.secret())));
    }

    private synchronized Decision decision(String secret) {
        if (slowDowns > 0) {
            slowDowns--;
            return new Decision.SlowDown();
        }
        if (!clock.instant().isBefore(expiries.getOrDefault(secret, Instant.MIN))) {
            return new Decision.Expired("the code is too old");
        }
        return switch (codes.get(secret)) {
            case PENDING -> new Decision.Pending();
            case REFUSED -> new Decision.Refused("the seller said no");
            case USED -> new Decision.Expired("the code is used up");
            case GRANTED -> {
                codes.put(secret, Stand.USED);
                yield new Decision.Granted(issue());
            }
        };
    }

    @Override
    public Answer<Credentials> renew(UUID account, Credentials current) {
        return faults.around(Operation.RENEW, account, () -> renewed(current.secret("refresh")));
    }

    private synchronized Answer<Credentials> renewed(String token) {
        var refresh = refreshes.get(token);
        var now = clock.instant();
        if (refresh == null
                || (!refresh.usedAt().equals(Instant.MAX)
                        && now.isAfter(refresh.usedAt().plus(GRACE)))) {
            return new Answer.Unauthorized<>("the refresh token is not valid");
        }
        var firstUse = refresh.usedAt().equals(Instant.MAX) ? now : refresh.usedAt();
        refreshes.put(token, new Refresh(refresh.session(), firstUse));
        return new Ok<>(issue(refresh.session()));
    }

    @Override
    public Duration renewalGrace() {
        return GRACE;
    }
}
