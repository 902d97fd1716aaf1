package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.amazon.TrueListing;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Many quantities at once, against the simulated Amazon. */
class AmazonFeedTests {

    private final Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=1",
            "catalog=300",
            "live-orders-per-minute=0",
            "speed=0",
            "limits=false",
            "wix.orders=1",
            "amazon.orders=1",
            "amazon.live-orders-per-minute=0"));
    private final SettableClock clock = SettableClock.running();
    private final TestExchange exchange = new TestExchange(clock, PutTogether.withoutLimits());
    private final AmazonProperties properties = new AmazonProperties(
            sandbox.scenario().amazon().clientId(),
            sandbox.scenario().amazon().clientSecret(),
            URI.create(sandbox.baseUrl() + "/amazon"),
            URI.create(sandbox.baseUrl() + "/amazon"),
            "0.1.0",
            100,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofDays(730),
            AmazonProperties.Queue.NONE);
    private final AmazonCalls calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
    private final AmazonStock stock = PutTogether.of(
                    calls, properties, new AmazonListingProperties(20, Duration.ZERO), exchange.drift(), clock)
            .stock();
    private final Connection connection = connect();

    private Connection connect() {
        var account = UUID.randomUUID();
        Credentials credentials = ok(new AmazonGrant(calls, properties)
                .obtain(account, sandbox.amazon().entries()));
        return new Connection(account, credentials, Lane.STOCK_DECREASE);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }

    private List<TrueListing> listings(boolean merchant) {
        return sandbox.amazon()
                .listings()
                .filter(it -> it.merchant() == merchant)
                .toList();
    }

    private Command all(Collection<TrueListing> listings) {
        var changes = listings.stream()
                .map(listing ->
                        (Change) new Absolute(listing.sku(), listing.sku().length(), false))
                .toList();
        var groups = stock.groups(changes);
        assertThat(groups).hasSize(1);
        return new Command(UUID.randomUUID(), groups.getFirst());
    }

    private static String ticket(Map<String, Outcome> outcomes) {
        return outcomes.values().stream()
                .map(outcome -> String.valueOf(((Outcome.Accepted) outcome).ticket()))
                .collect(Collectors.toSet())
                .iterator()
                .next();
    }

    @Test
    void carriesOutAllOfThemAndChangesNothingElse() {
        var before = listings(true);
        var command = all(before);

        var ticket = ticket(ok(stock.write(command, connection)));

        assertThat(ok(stock.state(command, ticket, connection)).values())
                .hasSize(before.size())
                .containsOnly(new Outcome.Accepted(ticket));
        sandbox.advance(Duration.ofMinutes(10));
        assertThat(ok(stock.state(command, ticket, connection)).values()).containsOnly(new Outcome.Applied());
        assertThat(listings(true))
                .allSatisfy(listing ->
                        assertThat(listing.quantity()).isEqualTo(listing.sku().length()));
        assertThat(listings(true))
                .extracting(TrueListing::leadTime)
                .containsExactlyElementsOf(
                        before.stream().map(TrueListing::leadTime).toList());
    }

    @Test
    void aFeedWithWhatAmazonSendsIsNotSent() {
        var mixed = sandbox.amazon().listings().toList();
        var command = all(mixed);

        var outcomes = ok(stock.write(command, connection));

        assertThat(listings(false))
                .allSatisfy(kept -> assertThat(outcomes.get(kept.sku())).isInstanceOf(Outcome.Rejected.class));
        assertThat(listings(true))
                .allSatisfy(own -> assertThat(outcomes.get(own.sku())).isInstanceOf(Outcome.Postponed.class));
        sandbox.advance(Duration.ofMinutes(10));
        assertThat(sandbox.amazon().listings().toList()).isEqualTo(mixed);
    }

    @Test
    void aReadingFindsWhatAFeedOnlySaysToHaveDone() {
        var own = listings(true);
        sandbox.allegro().faults(Map.of(Fault.SILENT_NO_OP, 1.0));
        sandbox.advance(Duration.ofSeconds(1));
        var command = all(own);
        var ticket = ticket(ok(stock.write(command, connection)));
        sandbox.advance(Duration.ofMinutes(10));

        assertThat(ok(stock.state(command, ticket, connection)).values()).containsOnly(new Outcome.Applied());

        var first = own.getFirst();
        assertThat(ok(stock.read(List.of(first.sku()), connection)).get(first.sku()))
                .isInstanceOfSatisfying(
                        Reading.Shown.class,
                        shown -> assertThat(shown.quantity()).isEqualTo(first.quantity()));
    }

    @Test
    void aFeedThatHangsIsNeitherDoneNorRefused() {
        sandbox.allegro().faults(Map.of(Fault.STUCK_COMMAND, 1.0));
        sandbox.advance(Duration.ofSeconds(1));
        var command = all(listings(true));
        var ticket = ticket(ok(stock.write(command, connection)));
        sandbox.advance(Duration.ofMinutes(9));

        assertThat(ok(stock.state(command, ticket, connection)).values()).containsOnly(new Outcome.Accepted(ticket));
    }
}
