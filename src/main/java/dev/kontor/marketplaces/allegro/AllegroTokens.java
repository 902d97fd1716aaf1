package dev.kontor.marketplaces.allegro;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Reads tokens, and knows the entries of Allegro's credentials. */
@Component
class AllegroTokens {

    static final String ACCESS = "access_token";
    static final String REFRESH = "refresh_token";

    /** Allegro says twelve hours. A refresh token lives three months, and must be presented before they are over. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private static final Duration UNTOLD = Duration.ofHours(1);

    private final Drift drift;

    AllegroTokens(Drift drift) {
        this.drift = drift;
    }

    Credentials read(Reply reply) {
        try {
            var body = new Fields(reply.body(), "");
            return new Credentials(
                    Map.of(
                            ACCESS, body.at(ACCESS).text(),
                            REFRESH, body.at(REFRESH).text()),
                    reply.askedAt().plus(life(body.at("expires_in"))));
        } catch (UnreadableField e) {
            throw new UnreadableReply(e.reason());
        }
    }

    /**
     * Tokens cannot be had again, and are not thrown away because nobody knows how long they live: they are renewed early,
     * and once Allegro refuses them in any case.
     */
    private Duration life(Fields told) {
        var seconds = seconds(told);
        var sensible = seconds.compareTo(BigDecimal.ONE) >= 0
                && seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) <= 0;
        if (!sensible) {
            drift.seen(AllegroCalls.ALLEGRO, Drift.Kind.FIELD, List.of("expires_in (not a sensible time)"));
        }
        if (sensible) {
            return Duration.ofSeconds(seconds.longValue());
        }
        return seconds.compareTo(BigDecimal.ONE) < 0 ? UNTOLD : LONGEST;
    }

    private static BigDecimal seconds(Fields told) {
        try {
            return told.number();
        } catch (UnreadableField e) {
            return BigDecimal.ZERO;
        }
    }
}
