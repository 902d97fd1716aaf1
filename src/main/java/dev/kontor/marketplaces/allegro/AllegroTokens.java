package dev.kontor.marketplaces.allegro;

import java.util.Map;

import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** The entries of Allegro's credentials. */
final class AllegroTokens {

    static final String ACCESS = "access_token";
    static final String REFRESH = "refresh_token";

    private AllegroTokens() {}

    static Credentials read(Reply reply) {
        try {
            var body = new Fields(reply.body(), "");
            var life = body.at("expires_in").number().longValue();
            return new Credentials(
                    Map.of(
                            ACCESS, body.at(ACCESS).text(),
                            REFRESH, body.at(REFRESH).text()),
                    reply.askedAt().plusSeconds(life));
        } catch (UnreadableField e) {
            throw new UnreadableReply(e.reason());
        }
    }
}
