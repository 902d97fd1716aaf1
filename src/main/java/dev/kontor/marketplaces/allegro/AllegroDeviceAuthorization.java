package dev.kontor.marketplaces.allegro;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.DeviceAuthorization.Decision.Expired;
import dev.kontor.marketplaces.DeviceAuthorization.Decision.Granted;
import dev.kontor.marketplaces.DeviceAuthorization.Decision.Pending;
import dev.kontor.marketplaces.DeviceAuthorization.Decision.Refused;
import dev.kontor.marketplaces.DeviceAuthorization.Decision.SlowDown;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Allegro's device flow. */
@SecondaryAdapter
@Component
class AllegroDeviceAuthorization implements DeviceAuthorization {

    private static final Operation BEGIN = new Operation("authorization", "authorization.begin", true);

    /** A poll that brought the tokens cannot be had again, so it is the caller who decides what a lost answer means. */
    private static final Operation POLL = new Operation("authorization", "authorization.poll", false);

    /**
     * Within the grace the same refresh token may be presented again, but by whoever holds the lease of the renewal: it
     * is he who repeats, and no repetition here outlasts his lease.
     */
    private static final Operation RENEW = new Operation("authorization", "authorization.renew", false);

    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration LONGEST_CODE = Duration.ofDays(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final String WRONG_APPLICATION =
            "Allegro does not know the application of KONTOR_ALLEGRO_CLIENT_ID with this KONTOR_ALLEGRO_CLIENT_SECRET.";

    private final AllegroCalls calls;
    private final AllegroProperties properties;
    private final AllegroTokens tokens;

    AllegroDeviceAuthorization(AllegroCalls calls, AllegroProperties properties, AllegroTokens tokens) {
        this.calls = calls;
        this.properties = properties;
        this.tokens = tokens;
    }

    /** A refresh token lasts three months, and each refresh gives another one. */
    @Override
    public Validity validity() {
        return new Validity(Duration.ofDays(90), true);
    }

    @Override
    public Optional<ApplicationSecret> applicationSecret() {
        return properties.registered()
                ? Optional.of(new ApplicationSecret("KONTOR_ALLEGRO_CLIENT_SECRET", properties.clientSecret(), null))
                : Optional.empty();
    }

    @Override
    public Answer<DeviceCode> begin(UUID account) {
        if (!properties.registered()) {
            return new Rejected<>(
                    "NO_APPLICATION",
                    "Register an application at Allegro and set KONTOR_ALLEGRO_CLIENT_ID and KONTOR_ALLEGRO_CLIENT_SECRET.");
        }
        return calls.authorize(BEGIN, account, auth -> auth.device(basic(), properties.clientId()), new Begun());
    }

    private record Begun() implements Translation<DeviceCode> {
        @Override
        public DeviceCode read(Reply reply) {
            try {
                var body = new Fields(reply.body(), "");
                return new DeviceCode(
                        body.at("device_code").text(),
                        body.at("user_code").text(),
                        URI.create(body.at("verification_uri_complete").text()),
                        reply.askedAt().plus(body.at("expires_in").seconds(LONGEST_CODE)),
                        interval(body.at("interval")));
            } catch (UnreadableField e) {
                throw new UnreadableReply(e.reason());
            } catch (IllegalArgumentException e) {
                throw new UnreadableReply("verification_uri_complete is not an address");
            }
        }

        private static Duration interval(Fields told) {
            return told.present() ? told.seconds(LONGEST_INTERVAL) : USUAL_INTERVAL;
        }

        @Override
        public Optional<Answer<DeviceCode>> refused(Refusal refusal) {
            return Optional.of(rejected(refusal));
        }
    }

    @Override
    public Answer<Decision> poll(UUID account, DeviceCode code) {
        return calls.authorize(
                POLL, account, auth -> auth.deviceToken(basic(), DEVICE_CODE, code.secret()), new Polled(tokens));
    }

    private record Polled(AllegroTokens tokens) implements Translation<Decision> {
        @Override
        public Decision read(Reply reply) {
            return new Granted(tokens.read(reply));
        }

        @Override
        public Optional<Answer<Decision>> refused(Refusal refusal) {
            return Optional.of(
                    switch (AllegroTranslation.code(refusal)) {
                        case "authorization_pending" -> new Ok<>(new Pending());
                        case "slow_down" -> new Ok<>(new SlowDown());
                        case "access_denied" -> new Ok<>(new Refused("the seller refused"));
                        case "expired_token" -> new Ok<>(new Expired("the code is too old"));
                        // Allegro says the same of a code that is used up, and of one that is unknown
                        case "invalid_request", "invalid_grant" ->
                            new Ok<>(new Expired("Allegro does not know the code any more"));
                        default -> rejected(refusal);
                    });
        }
    }

    @Override
    public Answer<Credentials> renew(UUID account, Credentials current) {
        return calls.authorize(
                RENEW,
                account,
                auth -> auth.refreshedToken(basic(), "refresh_token", current.secret(AllegroTokens.REFRESH)),
                new Renewed(tokens));
    }

    private record Renewed(AllegroTokens tokens) implements Translation<Credentials> {
        @Override
        public Credentials read(Reply reply) {
            return tokens.read(reply);
        }

        @Override
        public Optional<Answer<Credentials>> refused(Refusal refusal) {
            var code = AllegroTranslation.code(refusal);
            var dead = code.equals("invalid_grant") || (refusal.status() == 401 && !code.equals("invalid_client"));
            return Optional.of(
                    dead ? new Unauthorized<>("the refresh token is no longer accepted") : rejected(refusal));
        }
    }

    private static <T> Answer<T> rejected(Refusal refusal) {
        return refusal.status() == 401
                ? new Rejected<>("invalid_client", WRONG_APPLICATION)
                : new Rejected<>(
                        AllegroTranslation.code(refusal),
                        "Allegro's authorization refused with status " + refusal.status());
    }

    @Override
    public Duration renewalGrace() {
        return Duration.ofSeconds(60);
    }

    private String basic() {
        var client = properties.clientId() + ":" + properties.clientSecret();
        return "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    }
}
