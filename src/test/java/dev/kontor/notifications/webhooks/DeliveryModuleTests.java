package dev.kontor.notifications.webhooks;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.PlanId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.couriers.Signal;
import dev.kontor.notifications.webhooks.Attempt.Result;
import dev.kontor.notifications.webhooks.Delivery.State;
import dev.kontor.notifications.webhooks.Endpoint.Disabled;
import dev.kontor.notifications.webhooks.Receiver.Received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Nothing is lost, the order of each object is kept, and what is sent again has the same id, whatever the receiver does. */
class DeliveryModuleTests extends WebhookFixture {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Autowired
    Endpoints endpoints;

    @Autowired
    Secrets secrets;

    @Autowired
    Disclosure disclosure;

    @Autowired
    Sender sender;

    @Autowired
    Settling settling;

    @Autowired
    WebhookProperties properties;

    @Autowired
    Signal webhookSignal;

    private List<PlanId> tellOfPlans(int plans, int each) {
        var told = IntStream.range(0, plans).mapToObj(_ -> aPlan()).toList();
        for (int number = 1; number <= each; number++) {
            for (var plan : told) {
                tellOf(plan, number);
            }
        }
        return told;
    }

    private void assertAllCameInOrder(List<PlanId> plans, int each) {
        var numbers = IntStream.rangeClosed(1, each).boxed().toList();
        assertThat(plans).allSatisfy(plan -> assertThat(receiver.listings(plan)).isEqualTo(numbers));
    }

    @Test
    void whatIsSentIsSignedWithTheSecretThatWasShown() {
        var issued = subscribe("/hook", PLANS);
        tellOf(aPlan(), 1);
        send();

        assertThat(issued.secret()).startsWith("whsec_");
        receiver.isSigned(issued.secret());
        var came = receiver.all().getFirst();
        assertThat(came.headers().get("Webhook-timestamp").getFirst())
                .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        assertThat(came.headers().get("Content-type")).containsExactly("application/json");
        assertThat(jdbc.sql("select sealed from notifications.webhook_secrets")
                        .query(byte[].class)
                        .list())
                .noneMatch(bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(issued.secret().substring(6)));
        assertThat(log(issued.endpoint().id())).extracting(Delivery::state).containsExactly(State.DELIVERED);
    }

    @Test
    void forADayAfterARotationBothSecretsSign() {
        var first = subscribe("/hook", PLANS);
        var id = first.endpoint().id();
        var second = subscribing.rotate(id, Duration.ofHours(24));
        tellOf(aPlan(), 1);
        send();
        var both = receiver.all().getFirst();
        assertThat(both.signatures())
                .containsExactly(both.signedWith(second.secret()), both.signedWith(first.secret()));

        clock.advance(Duration.ofHours(25));
        tellOf(aPlan(), 1);
        send();
        var later = receiver.all().getLast();
        assertThat(later.signatures()).containsExactly(later.signedWith(second.secret()));
        assertThat(subscribing.secrets(id)).hasSize(1);
    }

    @Test
    void aReceiverThatIsDownForADayGetsEverythingInOrder() {
        var id = subscribe();
        receiver.answer(503);
        var plans = tellOfPlans(5, 2);
        send(Duration.ofHours(23), HALF_AN_HOUR);
        assertThat(receiver.taken()).isEmpty();
        assertThat(receiver.all()).as("left in peace").hasSizeLessThan(5 * 10);
        assertThat(endpoint(id).failingSince()).isNotNull();

        receiver.answer(200);
        send(Duration.ofHours(24), HALF_AN_HOUR);

        assertAllCameInOrder(plans, 2);
        assertThat(waiting(id)).isEmpty();
        assertThat(endpoint(id).enabled()).isTrue();
        assertThat(endpoint(id).failingSince()).isNull();
        assertThat(alertsAbout(id)).isEmpty();
    }

    @Test
    void aReceiverThatFailsAtRandomGetsEverythingInOrderAndTheSameIdAgain() {
        var id = subscribe();
        var random = new Random(20261130);
        receiver.answer(_ -> {
            synchronized (random) {
                return random.nextInt(3) == 0 ? 500 : 200;
            }
        });
        var plans = tellOfPlans(8, 5);
        send(Duration.ofDays(2), Duration.ofMinutes(7));

        assertAllCameInOrder(plans, 5);
        assertThat(waiting(id)).isEmpty();
        assertThat(receiver.all()).as("some came again").hasSizeGreaterThan(40);
        assertThat(receiver.all().stream().map(Received::id).distinct()).hasSize(40);
        assertThat(receiver.all().stream().map(Received::body).distinct())
                .as("and to the byte the same")
                .hasSize(40);
    }

    @Test
    void anAnswerThatIsLostBringsTheSameMessageAgain() {
        var id = subscribe();
        var first = new AtomicInteger();
        var released = new CountDownLatch(1);
        receiver.answer(_ -> {
            if (first.getAndIncrement() == 0) {
                awaitQuietly(released);
            }
            return 200;
        });
        tellOf(aPlan(), 1);
        sendImpatiently();
        released.countDown();
        assertThat(lastResult(id)).isEqualTo(Result.TIMEOUT);
        clock.advance(Duration.ofSeconds(10));
        send();
        assertThat(lastResult(id)).isEqualTo(Result.TAKEN);
        assertThat(first).hasValue(2);
        assertThat(log(id)).extracting(Delivery::state).containsExactly(State.DELIVERED);
    }

    /** As long as a receiver needs that answers at all. */
    private void sendImpatiently() {
        var impatient = new WebhookProperties(
                properties.permitted(),
                Duration.ofSeconds(3),
                properties.retries(),
                properties.disableAfter(),
                properties.atOnce(),
                properties.keep());
        try (var gone = new Sender(impatient, clock);
                var hurried = instance(gone)) {
            finish(hurried.round());
        }
    }

    private Dispatch instance(Sender with) {
        return new Dispatch(
                endpoints,
                deliveries,
                secrets,
                disclosure,
                with,
                settling,
                properties,
                transaction,
                webhookSignal,
                clock);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSlowReceiverKeepsNoOtherWaiting() throws Exception {
        var released = new CountDownLatch(1);
        try (var slow = new Receiver()) {
            slow.answer(_ -> {
                awaitQuietly(released);
                return 200;
            });
            subscribing.create(slow.url("/slow"), "", PLANS);
            subscribe();
            tellOf(aPlan(), 1);
            var sent = dispatch.round();
            await().untilAsserted(() -> assertThat(receiver.taken()).hasSize(1));
            released.countDown();
            finish(sent);
        }
    }

    @Test
    void anEndpointWhoseSecretCannotBeOpenedKeepsNoOtherWaitingAndGetsItsMessagesWhenItCan() {
        try (var locked = new Receiver()) {
            var id = subscribing
                    .create(locked.url("/locked"), "", PLANS)
                    .endpoint()
                    .id();
            subscribe();
            var sealed = sealed(id);
            seal(id, new byte[sealed.length]);
            tellOf(aPlan(), 1);
            send();
            assertThat(receiver.taken()).hasSize(1);
            assertThat(locked.all()).isEmpty();

            seal(id, sealed);
            clock.advance(properties.lease().plus(1, ChronoUnit.SECONDS));
            send();
            assertThat(locked.taken()).hasSize(1);
            assertThat(receiver.all()).hasSize(1);
        }
    }

    private byte[] sealed(EndpointId id) {
        return jdbc.sql("select sealed from notifications.webhook_secrets where endpoint = ?")
                .param(id.value())
                .query(byte[].class)
                .single();
    }

    private void seal(EndpointId id, byte[] sealed) {
        jdbc.sql("update notifications.webhook_secrets set sealed = ? where endpoint = ?")
                .params(sealed, id.value())
                .update();
    }

    @Test
    void anAnswerOfGoneDisablesAtOnceAndSaysSo() {
        var id = subscribe();
        receiver.answer(410);
        var plan = aPlan();
        tellOf(plan, 1);
        tellOf(plan, 2);
        send();
        heard();

        assertThat(receiver.all()).hasSize(1);
        assertThat(endpoint(id).disabled()).isEqualTo(Disabled.GONE);
        assertThat(alertsAbout(id)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.WEBHOOK_DISABLED);
            assertThat(alert.facts().byKey()).containsEntry("what", "gone");
        });
        assertThat(entries("webhook-endpoint.disabled", id)).isEqualTo(1);
        tellOf(plan, 3);
        send(Duration.ofDays(2), Duration.ofHours(4));
        assertThat(receiver.all()).hasSize(1);

        receiver.answer(200);
        var disabledAt = endpoint(id).disabledAt();
        enable(id);
        assertThat(subscribing.replay(id, disabledAt)).isEqualTo(1);
        send();
        assertThat(receiver.listings(plan)).containsExactly(1, 2, 3);
        assertThat(alertsAbout(id)).singleElement().extracting(Alert::state).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void anEndpointThatTakesNothingForDaysIsDisabledAndGetsWhatWaitsWhenItIsEnabled() {
        var id = subscribe();
        receiver.answer(500);
        var plans = tellOfPlans(2, 2);
        send(Duration.ofDays(2), Duration.ofHours(1));
        assertThat(endpoint(id).enabled()).isTrue();
        send(Duration.ofDays(3), Duration.ofHours(1));

        assertThat(endpoint(id).disabled()).isEqualTo(Disabled.FAILING);
        assertThat(alertsAbout(id)).hasSize(1);
        assertThat(entries("webhook-endpoint.disabled", id)).isEqualTo(1);
        assertThat(waiting(id))
                .as("nothing is given up for what the endpoint did")
                .hasSize(4);

        receiver.answer(204);
        enable(id);
        send();
        assertAllCameInOrder(plans, 2);
    }

    @Test
    void aMessageThatIsRefusedForDaysIsGivenUpAndTheNextOneOfItsObjectFollows() {
        var id = subscribe();
        var poisoned = aPlan();
        receiver.answer(it -> it.json().at("/data/plan").asString().equals(poisoned.toString())
                        && it.json().at("/data/listings").asInt() == 1
                ? 422
                : 200);
        tellOf(poisoned, 1);
        tellOf(poisoned, 2);
        for (int hour = 0; hour < 100; hour++) { // others are taken all the while
            tellOf(aPlan(), 1);
            send();
            if (hour < 60) {
                assertThat(receiver.listings(poisoned)).isEmpty();
            }
            clock.advance(Duration.ofHours(1));
        }
        send();

        assertThat(receiver.listings(poisoned)).containsExactly(2);
        assertThat(deliveries.list(id, State.GIVEN_UP, null, 10))
                .singleElement()
                .satisfies(given -> {
                    assertThat(given.attempts()).isEqualTo(10);
                    assertThat(deliveries.attempts(given.id()))
                            .hasSize(10)
                            .allSatisfy(attempt -> assertThat(attempt.status()).isEqualTo(422));
                });
        assertThat(endpoint(id).enabled()).isTrue();
    }

    @Test
    void retriesComeLaterEachTimeAndNotBeforeTheReceiverAllows() {
        var id = subscribe();
        receiver.answer(503);
        tellOf(aPlan(), 1);
        send();
        clock.advance(Duration.ofSeconds(4));
        send();
        assertThat(receiver.all()).hasSize(1);
        clock.advance(Duration.ofSeconds(3));
        send();
        assertThat(receiver.all()).hasSize(2);
        receiver.answerHeaders(Map.of("Retry-After", "7200"));
        clock.advance(Duration.ofMinutes(7));
        send();
        assertThat(receiver.all()).hasSize(3);

        receiver.answer(200);
        clock.advance(Duration.ofMinutes(119));
        tellOf(aPlan(), 1);
        send();
        assertThat(receiver.all()).as("nor anything else").hasSize(3);
        clock.advance(Duration.ofMinutes(2));
        send();
        assertThat(waiting(id)).isEmpty();
    }

    @Test
    void aReplayBringsWhatWasToldSinceThenOnceMoreInOrderWithTheSameIds() {
        var id = subscribe();
        var plan = aPlan();
        tellOf(plan, 1);
        clock.advance(Duration.ofHours(1));
        var since = clock.instant();
        tellOf(plan, 2);
        tellOf(plan, 3);
        send();
        var ids = new HashSet<>(receiver.taken().stream().map(Received::id).toList());

        receiver.answer(500);
        tellOf(plan, 4);
        send();
        assertThat(subscribing.replay(id, since))
                .as("the one that waits is not doubled")
                .isEqualTo(2);
        receiver.answer(200);
        send(Duration.ofMinutes(10), Duration.ofMinutes(1));

        assertThat(receiver.listings(plan)).containsExactly(1, 2, 3, 2, 3, 4);
        assertThat(receiver.taken().stream().map(Received::id).distinct())
                .hasSize(4)
                .containsAll(ids);
    }

    @Test
    void aPingGoesToTheEndpointThatIsTried() {
        var id = subscribe();
        var other = subscribe("/other", PLANS).endpoint().id();
        var message = subscribing.ping(id);
        send();
        assertThat(receiver.taken()).singleElement().satisfies(came -> {
            assertThat(came.id()).isEqualTo(message.toString());
            assertThat(came.type()).isEqualTo("webhook.ping");
            assertThat(came.json().at("/data/endpoint").asString()).isEqualTo(id.toString());
        });
        assertThat(log(other)).isEmpty();
    }

    @Test
    void redirectsAreNotFollowedAndForbiddenAddressesNotCalled() {
        var id = subscribe();
        receiver.answer(302);
        receiver.answerHeaders(Map.of("Location", receiver.url("/elsewhere")));
        tellOf(aPlan(), 1);
        send();
        assertThat(receiver.all()).hasSize(1);
        assertThat(lastResult(id)).isEqualTo(Result.REFUSED);

        var there = receiver.url("/hook").replace("localhost", "127.0.0.1");
        assertThatThrownBy(() -> subscribing.create(there, "", PLANS)).hasMessageContaining("url");
        jdbc.sql("update notifications.webhook_endpoints set url = ? where id = ?") // as a name that leads
                // elsewhere now
                .params(there, id.value())
                .update();
        clock.advance(Duration.ofMinutes(10));
        send();
        assertThat(receiver.all()).hasSize(1);
        assertThat(lastResult(id)).isEqualTo(Result.NOT_PERMITTED);
    }

    @Test
    void whereNobodyListensIsToldFromWhereSomebodyRefuses() {
        var id = subscribe();
        receiver.close();
        tellOf(aPlan(), 1);
        send();
        assertThat(lastResult(id)).isEqualTo(Result.UNREACHABLE);
    }

    @Test
    void noCallIsMadeWithinATransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ ->
                        sender.send(URI.create(receiver.url("/hook")), UUID.randomUUID(), "{}", List.of(new byte[24]))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(receiver.all()).isEmpty();
    }

    @Test
    void whatADeadInstanceHadIsSentByAnotherOneAndWhatItSaysLaterCountsNothing() {
        var id = subscribe();
        var plan = aPlan();
        tellOf(plan, 1);
        tellOf(plan, 2);
        var now = clock.instant();
        var lost = transaction.execute(
                _ -> deliveries.claim(id, UUID.randomUUID(), now, now.plus(properties.lease()), 10));
        assertThat(lost).as("the second waits for the first").hasSize(1);
        send();
        assertThat(receiver.all()).isEmpty();

        clock.advance(properties.lease().plus(1, ChronoUnit.SECONDS));
        send();
        assertThat(receiver.listings(plan)).containsExactly(1, 2);
        settling.settle(id, lost.getFirst(), new Attempt(now, Result.REFUSED, 500, Duration.ZERO, null));
        assertThat(waiting(id)).isEmpty();
        assertThat(endpoint(id).failingSince()).isNull();
    }

    @Test
    void twoInstancesShareTheWorkAndSendNothingTwice() throws Exception {
        subscribe();
        var plans = tellOfPlans(15, 4);
        try (var other = instance(sender);
                var threads = Executors.newFixedThreadPool(2)) {
            var both = new ArrayList<Future<Integer>>();
            for (var one : List.of(dispatch, other)) {
                both.add(threads.submit(work(one)));
            }
            int sent = both.getFirst().get() + both.getLast().get();
            assertThat(sent).isEqualTo(60);
        }
        assertAllCameInOrder(plans, 4);
        assertThat(receiver.all()).hasSize(60);
    }

    /** Until nothing is left for anybody. */
    private Callable<Integer> work(Dispatch instance) {
        return () -> {
            int sent = 0;
            while (receiver.all().size() < 60) {
                var some = instance.round();
                finish(some);
                sent += some.size();
            }
            return sent;
        };
    }
}
