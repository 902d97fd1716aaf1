package dev.kontor.marketplaces.wix;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/**
 * Which catalog each site runs. It is a call to ask, so every instance asks for itself: at connection and after a start,
 * daily, and when the site refuses a call of the catalog that it ran before.
 */
@Component
class Catalogs {

    enum Version {
        V1,
        V3
    }

    private static final Operation ASK = Operation.read("catalog", "catalog.version");
    private static final Duration BELIEVED = Duration.ofDays(1);

    private final WixCalls calls;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Version version, Instant askedAt) {}

    Catalogs(WixCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** Asks, whatever is known; a site may also have no shop at all. */
    Answer<Version> ask(Connection connection) {
        return calls.ask(ASK, connection, WixApi::catalogVersion, Catalogs::text)
                .flatMap(Catalogs::version)
                .map(version -> {
                    known.put(site(connection), new Known(version, clock.instant()));
                    return version;
                });
    }

    private static String text(Reply reply) {
        var version = reply.body().path("catalogVersion");
        if (!version.isString()) {
            throw new UnreadableReply("catalogVersion is not a text");
        }
        return version.stringValue();
    }

    private static Answer<Version> version(String text) {
        return switch (text) {
            case "V1_CATALOG" -> new Ok<>(Version.V1);
            case "V3_CATALOG" -> new Ok<>(Version.V3);
            default -> new Rejected<>("NO_STORE", "the site has no shop: Wix Stores is not installed");
        };
    }

    /** Calls under the site's catalog; once more where it turns out that Wix has moved the site to another one. */
    <T> Answer<T> with(Connection connection, Function<Version, Answer<T>> call) {
        return version(connection).flatMap(version -> {
            var answer = call.apply(version);
            return WixTranslation.otherCatalog(answer)
                    ? ask(connection).flatMap(other -> other == version ? answer : call.apply(other))
                    : answer;
        });
    }

    private Answer<Version> version(Connection connection) {
        var here = known.get(site(connection));
        return here == null || here.askedAt().plus(BELIEVED).isBefore(clock.instant())
                ? ask(connection)
                : new Ok<>(here.version());
    }

    private static String site(Connection connection) {
        return WixCredentials.site(connection.credentials());
    }
}
