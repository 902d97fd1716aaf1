package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.web.service.annotation.GetExchange;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Malformed;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeTests {

    interface Api {
        @GetExchange("/thing")
        void thing();
    }

    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
    private static final Operation READ = Operation.read("things", "things.get");
    private static final Operation WRITE_ONCE = new Operation("things", "things.write", false);

    private final HttpStub stub = new HttpStub();
    private final SettableClock clock = new SettableClock(NOW);
    private final UUID account = UUID.randomUUID();
    private TestExchange test = exchange(Map.of());

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void repeatsAReadThatFailsForAReasonThatMayPass() {
        stub.on("/thing", 503, "<html>busy</html>").on("/thing", 500, "").on("/thing", 200, "{\"name\":\"mug\"}");

        assertThat(call(READ)).isEqualTo(new Ok<>("mug"));
        assertThat(stub.asked()).hasSize(3);
    }

    @Test
    void givesUpAfterThreeAttempts() {
        stub.on("/thing", 502, "<html>Bad gateway</html>");

        assertThat(call(READ)).isInstanceOf(Unavailable.class);
        assertThat(stub.asked()).hasSize(3);
    }

    @Test
    void neverRepeatsWhatMustNotHappenTwice() {
        stub.on("/thing", 500, "");

        assertThat(call(WRITE_ONCE)).isInstanceOf(Unavailable.class);
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void repeatsATimeoutAtOnce() {
        test = exchange(Map.of("kontor.exchange.read-timeout", "3s", "kontor.exchange.retry.delay", "1h"));
        stub.silent("/thing").on("/thing", 200, "{\"name\":\"late\"}");

        assertThat(call(READ)).isEqualTo(new Ok<>("late"));
        assertThat(stub.asked()).hasSize(2);
    }

    @Test
    void repeatsAnAnswerThatWasCutOffAndThenCallsItUnavailable() {
        stub.cut("/thing", 200, "{\"name\":\"a rather long name\"}", 10);

        assertThat(call(READ)).isInstanceOf(Unavailable.class);
        assertThat(stub.asked()).hasSize(3);
    }

    @Test
    void readsTheWholeAnswerWhereOnlyTheFirstWasCutOff() {
        stub.cut("/thing", 200, "{\"name\":\"mug\"}", 5).on("/thing", 200, "{\"name\":\"mug\"}");

        assertThat(call(READ)).isEqualTo(new Ok<>("mug"));
    }

    @Test
    void callsAnAnswerMalformedThatIsJsonButMakesNoSense() {
        stub.on("/thing", 200, "[]");

        assertThat(call(READ)).isEqualTo(new Malformed<>("name is missing"));
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void handsBackTheWaitThatA429Demands() {
        stub.on("/thing", 429, "", Map.of("Retry-After", "90"));

        assertThat(call(READ)).isEqualTo(new Throttled<>(NOW.plusSeconds(90)));
    }

    @Test
    void understandsADateInRetryAfter() {
        var until = NOW.plusSeconds(120);
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
        stub.on("/thing", 429, "", Map.of("Retry-After", date));

        assertThat(call(READ)).isEqualTo(new Throttled<>(until));
    }

    @Test
    void waitsAMinuteAndALittleWhereA429DoesNotSay() {
        stub.on("/thing", 429, "<html>Too many</html>", Map.of("Retry-After", "soon"));

        assertThat(call(READ))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isBetween(NOW.plusSeconds(60), NOW.plusSeconds(65)));
    }

    @Test
    void waitsAsLongAsTheMarketplacesOwnRulesSayWhereA429DoesNot() {
        stub.on("/thing", 429, "").on("/thing", 200, "{\"name\":\"mug\"}");
        var brief = new Name() {
            @Override
            public Optional<Duration> silence() {
                return Optional.of(Duration.ofSeconds(2));
            }
        };
        var call = new Call(new MarketplaceCode("test"), account, READ, Lane.LIVE_ORDERS, budgets());

        assertThat(perform(call, brief))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isBetween(NOW.plusSeconds(2), NOW.plusSeconds(4)));
        clock.advance(Duration.ofSeconds(5));
        assertThat(perform(call, brief)).isEqualTo(new Ok<>("mug"));
    }

    @Test
    void sendsNothingDuringABan() {
        stub.on("/thing", 429, "").on("/thing", 200, "{\"name\":\"mug\"}");
        call(READ);

        assertThat(call(READ)).isInstanceOf(Throttled.class);
        assertThat(stub.asked()).hasSize(1);

        clock.advance(Duration.ofSeconds(66));
        assertThat(call(READ)).isEqualTo(new Ok<>("mug"));
    }

    @Test
    void handsBackTheWaitThatA503Demands() {
        stub.on("/thing", 503, "", Map.of("Retry-After", "30"));

        assertThat(call(READ)).isEqualTo(new Throttled<>(NOW.plusSeconds(30)));
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void nobodyKnowsWhatBecameOfAWriteThatMetA503() {
        stub.on("/thing", 503, "", Map.of("Retry-After", "30"));

        assertThat(call(new Operation("things", "write", false))).isInstanceOf(Unavailable.class);
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void tellsRefusalsApart() {
        stub.on("/thing", 401, "<html>token eyJhbGciOi is bad</html>")
                .on("/thing", 422, "{\"message\":\"Jan Nowak is wrong\"}");

        assertThat(call(READ)).isInstanceOf(Unauthorized.class);
        assertThat(call(READ)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("HTTP_422");
            assertThat(rejected.reason()).doesNotContain("Nowak");
        });
    }

    @Test
    void isUnavailableWhereNobodyListens() {
        stub.close();

        assertThat(call(READ)).isInstanceOf(Unavailable.class);
    }

    @Test
    void pausesWhatKeepsFailingAndProbesWithASingleCall() {
        test = exchange(Map.of("kontor.exchange.pause.failures", "2", "kontor.exchange.retry.attempts", "1"));
        stub.on("/thing", 500, "").on("/thing", 500, "").on("/thing", 500, "").on("/thing", 200, "{\"name\":\"mug\"}");
        call(READ);
        call(READ);

        assertThat(call(READ)).isEqualTo(new Throttled<>(NOW.plusSeconds(30)));
        assertThat(stub.asked()).hasSize(2);

        clock.advance(Duration.ofSeconds(30));
        assertThat(call(READ)).isInstanceOf(Unavailable.class); // the probe, in vain
        assertThat(call(READ)).isEqualTo(new Throttled<>(NOW.plusSeconds(90))); // now for twice as long

        clock.advance(Duration.ofSeconds(60));
        assertThat(call(READ)).isEqualTo(new Ok<>("mug"));
        assertThat(call(READ)).isEqualTo(new Ok<>("mug"));
    }

    @Test
    void aProbeThatNobodyWantedToBeSentProvesNothing() {
        test = exchange(Map.of("kontor.exchange.pause.failures", "1", "kontor.exchange.retry.attempts", "1"));
        stub.on("/thing", 500, "").on("/thing", 200, "{\"name\":\"mug\"}");
        call(READ);
        clock.advance(Duration.ofSeconds(30));
        var unwanted = new Call(new MarketplaceCode("test"), account, READ, Lane.LIVE_ORDERS, budgets(), () -> false);

        assertThat(perform(unwanted)).isInstanceOf(Rejected.class);

        assertThat(call(READ)).isEqualTo(new Throttled<>(NOW.plusSeconds(60)));
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void givesAnotherAccountItsOwnChance() {
        test = exchange(Map.of("kontor.exchange.pause.failures", "1", "kontor.exchange.retry.attempts", "1"));
        stub.on("/thing", 500, "").on("/thing", 200, "{\"name\":\"mug\"}");
        call(READ);

        assertThat(call(READ)).isInstanceOf(Throttled.class);
        assertThat(perform(new Call(new MarketplaceCode("test"), UUID.randomUUID(), READ, Lane.LIVE_ORDERS, budgets())))
                .isEqualTo(new Ok<>("mug"));
    }

    @Test
    void handsACallBackThatWouldWaitTooLongForItsTurn() {
        test = exchange(Map.of(
                "kontor.exchange.max-wait",
                "50ms",
                "kontor.exchange.limits.test.application.burst",
                "1",
                "kontor.exchange.limits.test.application.per-minute",
                "1"));

        assertThat(call(READ))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isAfter(NOW.plusSeconds(50)));
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void isNotSentWhenNobodyWantsItAnyMoreOnceItHasItsTurn() {
        var wanted = new AtomicInteger(1);
        stub.on("/thing", 200, "{\"name\":\"mug\"}");
        var call = new Call(
                new MarketplaceCode("test"),
                account,
                READ,
                Lane.LIVE_ORDERS,
                budgets(),
                () -> wanted.getAndDecrement() > 0);

        assertThat(perform(call)).isEqualTo(new Ok<>("mug"));
        assertThat(perform(call))
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.code()).isEqualTo(Connection.UNWANTED));
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void isNotAskedWhetherItIsWantedBeforeItHasItsTurn() {
        test = exchange(Map.of(
                "kontor.exchange.max-wait",
                "50ms",
                "kontor.exchange.limits.test.application.burst",
                "1",
                "kontor.exchange.limits.test.application.per-minute",
                "1"));
        var call = new Call(new MarketplaceCode("test"), account, READ, Lane.LIVE_ORDERS, budgets(), () -> {
            throw new AssertionError("it has no turn");
        });

        assertThat(perform(call)).isInstanceOf(Throttled.class);
    }

    @Test
    void keepsToThePaceThatAnAnswerTells() {
        test = exchange(Map.of("kontor.exchange.max-wait", "1s"));
        stub.on("/thing", 200, "{\"name\":\"mug\"}", Map.of("Pace", "0.5"));
        assertThat(call(READ)).isEqualTo(new Ok<>("mug"));

        assertThat(call(READ))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isAfter(NOW.plusSeconds(100)));
        assertThat(stub.asked()).hasSize(1);
    }

    private Answer<String> call(Operation operation) {
        return perform(new Call(new MarketplaceCode("test"), account, operation, Lane.LIVE_ORDERS, budgets()));
    }

    private static List<Budget> budgets() {
        return List.of(new Budget("application", "us", new Limit(1_000, 60_000)));
    }

    private Answer<String> perform(Call call) {
        return perform(call, new Name());
    }

    private Answer<String> perform(Call call, Translation<String> translation) {
        var api = test.clients.create(Api.class, stub.url(), headers -> {}, Harmless.NOTHING);
        return test.exchange.perform(call, api::thing, translation);
    }

    private static class Name implements Translation<String> {
        @Override
        public String read(Reply reply) {
            if (!reply.body().path("name").isString()) {
                throw new UnreadableReply("name is missing");
            }
            return reply.body().path("name").stringValue();
        }

        @Override
        public OptionalDouble perMinute(HttpHeaders headers) {
            var pace = headers.getFirst("Pace");
            return pace == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(pace));
        }
    }

    private TestExchange exchange(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("kontor.exchange.retry.delay", "1ms"));
        all.putAll(settings);
        return new TestExchange(clock, all);
    }
}
