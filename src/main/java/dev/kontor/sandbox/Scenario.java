package dev.kontor.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.kontor.sandbox.allegro.Rules;
import dev.kontor.sandbox.amazon.AmazonRules;
import dev.kontor.sandbox.amazon.AmazonStory;
import dev.kontor.sandbox.wix.SiteRules;
import dev.kontor.sandbox.wix.SiteStory;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Story;

/**
 * Everything that can be set about a sandbox. The same seed tells the same story.
 *
 * @param enabled whether Kontor starts a sandbox in its own process
 * @param port 0 for any free one
 * @param address the control interface answers this machine only, whatever this says
 * @param directory where the story is kept over restarts; by default nowhere, in Kontor's process its data directory
 * @param start the instant at which past becomes live; now by default
 * @param speed how fast the story's clock runs
 * @param orders purchases before the start, {@code days} long
 * @param livePace how many times faster a live order runs through its life than a past one, which takes days
 * @param merges share of purchases that the buyer joins with his next ones
 * @param offerListDelay how far the list of offers lags behind
 * @param commandDelay how long a command that changes quantities usually takes
 * @param slowEdits share of the edits of single offers that go on in the background
 * @param limits whether too many requests lead to a ban
 * @param retryAfter whether a 429 says how long to wait
 * @param decision what the seller does with a device code, {@code confirmAfter} he was asked
 * @param timeout how long an unanswered request hangs
 * @param wix what only the simulated Wix has
 * @param amazon what only the simulated Amazon has
 */
@ConfigurationProperties("kontor.sandbox")
public record Scenario(
        boolean enabled,
        @DefaultValue("8090") int port,
        @DefaultValue("127.0.0.1") String address,
        @Nullable Path directory,
        @DefaultValue("42") long seed,
        @Nullable Instant start,
        @DefaultValue("1") double speed,
        @DefaultValue("1") int sellers,
        @DefaultValue("400") int catalog,
        @DefaultValue("900") int buyers,
        @DefaultValue("1500") int orders,
        @DefaultValue("90") int days,
        @DefaultValue("6") double liveOrdersPerMinute,
        @DefaultValue("120") double livePace,
        @DefaultValue("0.03") double merges,
        @DefaultValue("60d") Duration logRetention,
        @DefaultValue("365d") Duration history,
        @DefaultValue("2s") Duration listDelay,
        @DefaultValue("2m") Duration offerListDelay,
        @DefaultValue("1s") Duration commandDelay,
        @DefaultValue("0.1") double slowEdits,
        @DefaultValue("true") boolean limits,
        @DefaultValue("9000") int requestsPerMinute,
        @DefaultValue("1m") Duration ban,
        boolean retryAfter,
        @DefaultValue("confirm") Rules.Decision decision,
        @DefaultValue("3s") Duration confirmAfter,
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("3600s") Duration deviceCodeLife,
        @DefaultValue("43199s") Duration accessTokenLife,
        @DefaultValue("90d") Duration refreshTokenLife,
        @DefaultValue("60s") Duration refreshGrace,
        @DefaultValue("kontor-sandbox") String clientId,
        @DefaultValue("kontor-sandbox-secret") String clientSecret,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("3s") Duration slowness,
        @DefaultValue Map<Fault, Double> faults,
        @DefaultValue SiteRules wix,
        @DefaultValue AmazonRules amazon) {

    /**
     * A scenario from settings such as {@code "seed=7"}, {@code "orders=1000"}, {@code "limits=off"},
     * {@code "faults.lost-event=0.01"}, on a free port; the rest as in Kontor's demonstration.
     */
    public static Scenario of(String... settings) {
        var values = new LinkedHashMap<String, Object>();
        values.put("kontor.sandbox.port", "0");
        Arrays.stream(settings).map(it -> it.split("=", 2)).forEach(it -> {
            if (it.length != 2) {
                throw new IllegalArgumentException("A setting of the sandbox looks like name=value, not " + it[0]);
            }
            values.put("kontor.sandbox." + it[0], it[1]);
        });
        values.remove("kontor.sandbox.faults", "none");
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("kontor.sandbox", Scenario.class);
    }

    SiteStory wixStory() {
        return new SiteStory(
                seed, catalog, buyers, wix.orders(), days, wix.liveOrdersPerMinute(), livePace, listDelay.toMillis());
    }

    AmazonStory amazonStory() {
        return new AmazonStory(
                seed,
                catalog,
                buyers,
                amazon.orders(),
                days,
                amazon.liveOrdersPerMinute(),
                livePace,
                amazon.delay().toMillis(),
                amazon.fba(),
                amazon.marketplaceIds());
    }

    Story story() {
        return new Story(seed, catalog, buyers, orders, days, liveOrdersPerMinute, livePace, merges);
    }

    Rules rules() {
        return new Rules(
                sellers,
                clientId,
                clientSecret,
                decision,
                confirmAfter,
                pollInterval,
                deviceCodeLife,
                accessTokenLife,
                refreshTokenLife,
                refreshGrace,
                limits ? requestsPerMinute : 0,
                ban,
                retryAfter,
                logRetention,
                history,
                listDelay,
                offerListDelay,
                commandDelay,
                slowEdits);
    }
}
