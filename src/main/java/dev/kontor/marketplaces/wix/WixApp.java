package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.ClientCredentials;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Permission by installing Kontor's app on a site, which gives the site's instance of it an id. */
@SecondaryAdapter
@Component
class WixApp implements ClientCredentials {

    static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private static final Operation OBTAIN = new Operation("authorization", "authorization.obtain", true);
    private static final Operation RENEW = new Operation("authorization", "authorization.renew", false);

    /** What a standard authorization server says of an application that it does not know (RFC 6749, section 5.2). */
    private static final Set<String> WRONG_APPLICATION = Set.of("invalid_client", "unauthorized_client");

    /** Wix says four hours. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final WixCalls calls;
    private final WixProperties properties;

    WixApp(WixCalls calls, WixProperties properties) {
        this.calls = calls;
        this.properties = properties;
    }

    @Override
    public Optional<ApplicationSecret> applicationSecret() {
        return properties.registered()
                ? Optional.of(new ApplicationSecret("KONTOR_WIX_APP_SECRET", properties.appSecret(), null))
                : Optional.empty();
    }

    @Override
    public List<Field> fields() {
        return List.of(new Field(WixCredentials.INSTANCE, false, GUID, "must be the id of the app's instance, a GUID"));
    }

    @Override
    public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
        return token(OBTAIN, account, String.valueOf(entered.get(WixCredentials.INSTANCE)));
    }

    @Override
    public Answer<Credentials> renew(UUID account, Credentials current) {
        return token(RENEW, account, current.secret(WixCredentials.INSTANCE));
    }

    private Answer<Credentials> token(Operation operation, UUID account, String instance) {
        return properties.registered()
                ? calls.token(operation, account, instance, new Token(instance))
                : new Rejected<>(
                        "NO_APP", "Register an app at Wix and set KONTOR_WIX_APP_ID and KONTOR_WIX_APP_SECRET.");
    }

    private record Token(String instance) implements Translation<Credentials> {
        @Override
        public Credentials read(Reply reply) {
            try {
                var body = new Fields(reply.body(), "");
                return new Credentials(
                        Map.of(
                                WixCredentials.ACCESS,
                                body.at("access_token").text(),
                                WixCredentials.INSTANCE,
                                instance),
                        reply.askedAt().plus(body.at("expires_in").seconds(LONGEST)));
            } catch (UnreadableField e) {
                throw new UnreadableReply(e.reason());
            }
        }

        @Override
        public Optional<Answer<Credentials>> refused(Refusal refusal) {
            var code = WixTranslation.code(refusal);
            return Optional.of(
                    WRONG_APPLICATION.contains(code)
                            ? new Rejected<>(
                                    code,
                                    "Wix does not know the app of KONTOR_WIX_APP_ID with this KONTOR_WIX_APP_SECRET.")
                            : new Unauthorized<>(
                                    "Wix gives no token for the site, as when the app was removed (" + code + ")"));
        }
    }
}
