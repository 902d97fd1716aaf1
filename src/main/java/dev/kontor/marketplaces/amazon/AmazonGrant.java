package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.RefreshGrant;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Permission by the refresh token that Amazon showed the seller when he authorized Kontor's application. */
@SecondaryAdapter
@Component
class AmazonGrant implements RefreshGrant {

    private static final Operation OBTAIN = new Operation("authorization", "authorization.obtain", true);
    private static final Operation RENEW = new Operation("authorization", "authorization.renew", false);

    private static final String MARKETPLACE = "[A-Z0-9]{10,20}";

    /** What a standard authorization server says of an application that it does not know (RFC 6749, section 5.2). */
    private static final Set<String> WRONG_APPLICATION = Set.of("invalid_client", "unauthorized_client");

    /** Amazon says one hour. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final AmazonCalls calls;
    private final AmazonProperties properties;

    AmazonGrant(AmazonCalls calls, AmazonProperties properties) {
        this.calls = calls;
        this.properties = properties;
    }

    @Override
    public List<Field> fields() {
        return List.of(
                new Field(AmazonCredentials.REFRESH, true, "[!-~]{10,4000}", "must be a refresh token of Amazon"),
                new Field(AmazonCredentials.SELLER, false, "A[A-Z0-9]{5,20}", "must be the seller's merchant token"),
                new Field(AmazonCredentials.REGION, false, "na|eu|fe", "must be na, eu or fe"),
                new Field(
                        AmazonCredentials.MARKETPLACES,
                        false,
                        MARKETPLACE + "(\\s*,\\s*" + MARKETPLACE + "){0,49}",
                        "must be ids of marketplaces, separated by commas"));
    }

    @Override
    public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
        return token(OBTAIN, account, entered);
    }

    @Override
    public Answer<Credentials> renew(UUID account, Credentials current) {
        return token(RENEW, account, current.secrets());
    }

    /** A seller authorizes an application for a year. */
    @Override
    public Validity validity() {
        return new Validity(Duration.ofDays(365), false);
    }

    /** Past that time Amazon refuses all calls; another secret does not end the sellers' authorizations. */
    @Override
    public Optional<ApplicationSecret> applicationSecret() {
        return properties.registered()
                ? Optional.of(new ApplicationSecret(
                        "KONTOR_AMAZON_CLIENT_SECRET", properties.clientSecret(), Duration.ofDays(180)))
                : Optional.empty();
    }

    private Answer<Credentials> token(Operation operation, UUID account, Map<String, String> known) {
        if (!properties.registered()) {
            return new Rejected<>(
                    "NO_APPLICATION",
                    "Register an application at Amazon and set KONTOR_AMAZON_CLIENT_ID and KONTOR_AMAZON_CLIENT_SECRET.");
        }
        var form = new LinkedMultiValueMap<String, String>();
        form.add("grant_type", "refresh_token");
        form.add("refresh_token", known.get(AmazonCredentials.REFRESH));
        form.add("client_id", properties.clientId());
        form.add("client_secret", properties.clientSecret());
        return calls.token(operation, account, form, new Token(known));
    }

    private record Token(Map<String, String> known) implements Translation<Credentials> {

        /** Amazon repeats the refresh token, and may give another one day. */
        @Override
        public Credentials read(Reply reply) {
            try {
                var body = new Fields(reply.body(), "");
                var secrets = new HashMap<>(known);
                secrets.put(AmazonCredentials.ACCESS, body.at("access_token").text());
                var refresh = body.at("refresh_token").optionalText();
                if (refresh != null && !refresh.isBlank()) {
                    secrets.put(AmazonCredentials.REFRESH, refresh);
                }
                return new Credentials(
                        secrets, reply.askedAt().plus(body.at("expires_in").seconds(LONGEST)));
            } catch (UnreadableField e) {
                throw new UnreadableReply(e.reason());
            }
        }

        @Override
        public Optional<Answer<Credentials>> refused(Refusal refusal) {
            var code = AmazonTranslation.code(refusal);
            return Optional.of(
                    WRONG_APPLICATION.contains(code)
                            ? new Rejected<>(
                                    code,
                                    "Amazon does not know the application of KONTOR_AMAZON_CLIENT_ID with this"
                                            + " KONTOR_AMAZON_CLIENT_SECRET; it wants a new secret every 180 days.")
                            : new Unauthorized<>("Amazon gives no token for the refresh token (" + code + ")"));
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }
}
