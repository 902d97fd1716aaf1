package dev.kontor.marketplaces;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

/**
 * The ways to permit access to a {@link FakeMarketplace} by entering something. It accepts whatever does not begin with
 * {@code wrong}, until the seller takes it back.
 */
class FakePermits {

    private static final Duration LIFE = Duration.ofHours(4);
    private static final String MUST = "must have 1 to 36 letters, digits or dashes";
    private static final String PLAIN = "[A-Za-z0-9-]{1,36}";

    private final FakeFaults faults;
    private final Clock clock;
    private final Set<String> presented = new HashSet<>();
    private final Set<String> withdrawn = new HashSet<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private @Nullable String applicationSecret;
    private int issued;

    FakePermits(FakeFaults faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    List<Authorization> all() {
        return List.of(new Instance(), new Grant(), new Key());
    }

    synchronized void applicationSecretIs(String secret) {
        applicationSecret = secret;
    }

    private synchronized Optional<Authorization.ApplicationSecret> applicationSecret() {
        return Optional.ofNullable(applicationSecret)
                .map(secret -> new Authorization.ApplicationSecret("KONTOR_FAKE_SECRET", secret, Duration.ofDays(180)));
    }

    synchronized void revoke() {
        withdrawn.addAll(presented);
        tokens.clear();
    }

    synchronized void expireAccess() {
        tokens.replaceAll((token, expiry) -> clock.instant());
    }

    synchronized boolean accepts(Credentials credentials) {
        var key = credentials.secrets().get("apiKey");
        var token = credentials.secrets().get("access");
        return key == null
                ? token != null && clock.instant().isBefore(tokens.getOrDefault(token, Instant.MIN))
                : valid(key);
    }

    private synchronized boolean valid(String secret) {
        presented.add(secret);
        return !secret.startsWith("wrong") && !withdrawn.contains(secret);
    }

    private synchronized Answer<Credentials> token(String name, String secret) {
        if (!valid(secret)) {
            return new Unauthorized<>("the " + name + " is not accepted");
        }
        issued++;
        var token = "granted-" + issued;
        var expiresAt = clock.instant().plus(LIFE);
        tokens.put(token, expiresAt);
        return new Ok<>(new Credentials(Map.of("access", token, name, secret), expiresAt));
    }

    private final class Instance implements ClientCredentials {
        @Override
        public List<Field> fields() {
            return List.of(new Field("instanceId", false, PLAIN, MUST));
        }

        @Override
        public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
            return faults.around(
                    Operation.OBTAIN, account, () -> token("instanceId", String.valueOf(entered.get("instanceId"))));
        }

        @Override
        public Answer<Credentials> renew(UUID account, Credentials current) {
            return faults.around(Operation.RENEW, account, () -> token("instanceId", current.secret("instanceId")));
        }
    }

    private final class Grant implements RefreshGrant {
        @Override
        public Validity validity() {
            return new Validity(Duration.ofDays(365), false);
        }

        @Override
        public Optional<ApplicationSecret> applicationSecret() {
            return FakePermits.this.applicationSecret();
        }

        @Override
        public List<Field> fields() {
            return List.of(
                    new Field("refreshToken", true, "[A-Za-z0-9|_-]{1,200}", "must be given"),
                    new Field("region", false, "EU|NA|FE", "must be EU, NA or FE"));
        }

        @Override
        public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
            return faults.around(
                    Operation.OBTAIN,
                    account,
                    () -> token("refreshToken", String.valueOf(entered.get("refreshToken"))));
        }

        @Override
        public Answer<Credentials> renew(UUID account, Credentials current) {
            return faults.around(Operation.RENEW, account, () -> token("refreshToken", current.secret("refreshToken")));
        }
    }

    private final class Key implements StaticKey {
        @Override
        public List<Field> fields() {
            return List.of(
                    new Field("apiKey", true, "[A-Za-z0-9._-]{1,200}", "must be given"),
                    new Field("siteId", false, PLAIN, MUST));
        }

        @Override
        public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
            return new Ok<>(new Credentials(entered, null));
        }
    }
}
