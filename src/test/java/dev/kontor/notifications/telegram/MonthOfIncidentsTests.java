package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.SettableClock;
import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.PatienceRobot;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.rules.RoundRobot;
import dev.kontor.notifications.texts.AlertTexts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A month in which things go wrong, with the true rules, alerts and bot: people are seldom called, and nothing stays untold.
 * Time passes by a clock; whatever would happen by itself happens when it is due.
 */
@SpringBootTest(
        properties = {
            "kontor.administrator.password=only-for-this-test",
            "kontor.telegram.poll=0s",
            "kontor.inventory.publishing=false",
            "spring.datasource.hikari.connection-init-sql=set synchronous_commit = off",
            "kontor.notifications.webhooks.sending=false",
            "db-scheduler.enabled=false"
        })
@Import({World.class, RoundRobot.class, PatienceRobot.class})
class MonthOfIncidentsTests {

    private static final FakeTelegram telegram = new FakeTelegram();
    private static final ZoneId UTC = ZoneId.of("UTC");

    @DynamicPropertySource
    static void bot(DynamicPropertyRegistry registry) {
        registry.add("kontor.telegram.token", () -> FakeTelegram.TOKEN);
        registry.add("kontor.telegram.url", telegram::url);
    }

    @AfterAll
    static void hangUp() {
        telegram.close();
    }

    @Autowired
    World world;

    @Autowired
    SettableClock clock;

    @Autowired
    Bot bot;

    @Autowired
    RoundRobot rounds;

    @Autowired
    PatienceRobot patience;

    @Autowired
    AlertCards cards;

    @Autowired
    Dispatch dispatch;

    @Autowired
    Digest digest;

    @Autowired
    StatusMessages status;

    @Autowired
    Polling polling;

    @Autowired
    Answering answering;

    @Autowired
    Pairing pairing;

    @Autowired
    Alerts alerts;

    @Autowired
    AlertTexts texts;

    @Autowired
    Raising raising;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private final List<Listener> people = new ArrayList<>();
    private final TreeMap<Instant, List<Runnable>> errands = new TreeMap<>();
    private final Random random = new Random();

    private void errand(Instant at, Runnable what) {
        errands.computeIfAbsent(at, _ -> new ArrayList<>()).add(what);
    }

    private Listener pair(String name, Role role, ZoneId zone, boolean onCall) {
        var id = UUID.randomUUID();
        var caller = Caller.person(id, name, role);
        world.people.put(id, caller);
        var phone = telegram.phone("en");
        phone.says("/start " + pairing.offer(caller).code());
        var listener = new Listener(name, phone, zone, onCall, clock, random, this::errand);
        answer();
        says(phone, "/settings zone " + zone.getId());
        says(phone, "/settings digest 8:00");
        if (!onCall) {
            says(phone, "/settings quiet 22:00-7:00");
        }
        listener.beginsToListen();
        return listener;
    }

    private void says(Phone phone, String words) {
        phone.says(words);
        answer();
    }

    private void answer() {
        polling.once();
        while (answering.one()) {
            // as long as there is any
        }
        send();
    }

    private void send() {
        while (cards.one()) {
            // as long as there is any
        }
        while (dispatch.one()) {
            // as long as there is any
        }
    }

    private void tell(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
    }

    /** Whatever is due at this moment happens. */
    private void settle() {
        patience.look();
        digest.look();
        send();
        boolean any = true;
        while (any) {
            any = false;
            for (var person : people) {
                any |= person.hears();
            }
            if (any) {
                send();
            }
        }
    }

    /** When something happens by itself: what waits is sent, an alert escalates, wakes or is over. */
    private Instant nextByItself(Instant after) {
        return jdbc.sql("""
                        select min(at) from (
                          select due_at as at from notifications.telegram_outbox where state = 'WAITING'
                          union all select escalate_at from notifications.alerts where state = 'OPEN' and level < 3
                          union all select snoozed_until from notifications.alerts where state = 'SNOOZED'
                          union all select quiet_at from notifications.alerts where state <> 'RESOLVED') as due
                        where at > ?""")
                .param(after.atOffset(ZoneOffset.UTC))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .orElse(Instant.MAX);
    }

    /** At which somebody may want a digest, and rules have a look. */
    private static Instant nextHour(Instant now) {
        var hour = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        int number = hour.atZone(UTC).getHour();
        return number % 3 == 0 || number >= 5 && number <= 8 ? hour : nextHour(hour);
    }

    private static Instant first(TreeMap<Instant, ?> of) {
        return of.isEmpty() ? Instant.MAX : of.firstKey();
    }

    private void passTo(Instant end, Month month) {
        for (var now = clock.instant(); now.isBefore(end); now = clock.instant()) {
            var hour = nextHour(now);
            var next = Stream.of(hour, first(month.agenda), first(errands), nextByItself(now), end)
                    .min(Instant::compareTo)
                    .orElseThrow();
            clock.advance(Duration.between(now, next));
            var happening = month.agenda.remove(next);
            if (happening != null) {
                happening.forEach(Runnable::run);
            }
            if (next.equals(hour)) {
                if (hour.atZone(UTC).getHour() % 3 == 0) {
                    rounds.look();
                    status.look();
                }
            }
            settle();
            var errand = errands.remove(next);
            if (errand != null) {
                errand.forEach(Runnable::run);
                answer();
                settle();
            }
        }
    }

    @Test
    void aMonthIsToldOfInAFewCalls() {
        month(Long.getLong("simulation.seed", 1));
    }

    @Tag("simulation")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8})
    void soAreOtherMonths(long seed) {
        month(seed);
    }

    private void month(long seed) {
        bot.stop(); // everything is done by hand, when it is due
        begin(seed);
        var month = new Month(seed, world, this::tell, rounds::look, raising);
        var beginning = System.nanoTime();
        people.add(pair("Anna", Role.ADMINISTRATOR, UTC, true));
        people.add(pair("Boris", Role.MANAGER, ZoneId.of("Europe/Warsaw"), false));
        passTo(Month.BEGINNING.plus(Duration.ofDays(Month.DAYS + 1)), month);

        var all = new ArrayList<Alert>();
        alerts.forEach(new Alerts.Filter(null, null, null, null), all::add);
        report(seed, month, all, Duration.ofNanos(System.nanoTime() - beginning));
        assertThat(all).allMatch(alert -> alert.state() == State.RESOLVED);
        assertThat(all.stream().map(Alert::kind)).containsAll(EnumSet.allOf(AlertKind.class));
        assertThat(all).hasSizeGreaterThanOrEqualTo(month.injected.size() / 2);
        for (var person : people) {
            assertThat(person.calls().entrySet().stream()
                            .filter(it -> it.getValue() > 3 && !isBad(month, it.getKey()))
                            .map(it -> person.name + " on " + it.getKey() + ": " + person.callsOn(it.getKey())))
                    .isEmpty();
            all.forEach(alert -> assertTold(person, alert));
        }
        assertThat(telegram.refused()).isEmpty();
    }

    /** As if there had never been another month. */
    private void begin(long seed) {
        random.setSeed(seed);
        people.clear();
        errands.clear();
        world.forget();
        clock.advance(Duration.between(clock.instant(), Month.BEGINNING));
        jdbc.sql("""
                        truncate notifications.telegram_updates, notifications.telegram_outbox, notifications.telegram_pairings,
                          notifications.telegram_chats, notifications.telegram_strangers, notifications.telegram_buttons,
                          notifications.telegram_choices, notifications.telegram_news, notifications.occurrences,
                          notifications.loop_runs, notifications.activations, notifications.watch cascade""").update();
        jdbc.sql("delete from notifications.alerts").update();
        jdbc.sql("update notifications.telegram_polling set holder = null, held_until = null")
                .update();
    }

    /** The day after counts as well: what nobody saw to by night is left over. */
    private static boolean isBad(Month month, LocalDate day) {
        long number = Duration.between(Month.BEGINNING, day.atStartOfDay(UTC).toInstant())
                .toDays();
        return month.badDays.stream().anyMatch(bad -> number == bad || number == bad + 1);
    }

    /**
     * What is critical at once; what lasts, as soon as it has shown that, but by day; everything else with the next digest.
     */
    private void assertTold(Listener person, Alert alert) {
        var title = texts.in(Locale.ENGLISH).title(alert);
        var since = asItIs(alert);
        var first = person.heard(title, since, false);
        var call = person.heard(title, since, true);
        var until = alert.severity() == Severity.CRITICAL ? Duration.ofMinutes(1) : Duration.ofHours(26);
        assertThat(first)
                .as(person.name + " hears of " + title + " since " + since)
                .isLessThanOrEqualTo(until);
        if (alert.severity() == Severity.CRITICAL) {
            assertThat(call)
                    .as(person.name + " is called for " + title + " since " + since)
                    .isLessThanOrEqualTo(Duration.ofMinutes(62));
        }
        if (alert.severity() == Severity.WARNING
                && lasted(alert).compareTo(Duration.ofMinutes(71)) > 0
                && person.onCall) {
            assertThat(call)
                    .as(person.name + " is called for " + title + " since " + since)
                    .isLessThanOrEqualTo(Duration.ofMinutes(71));
        }
    }

    /** Since when it has mattered as much as it did in the end. */
    private Instant asItIs(Alert alert) {
        return alerts.story(alert.id()).stream()
                .filter(step -> step.severity() == alert.severity())
                .findFirst()
                .orElseThrow()
                .at();
    }

    private Duration lasted(Alert alert) {
        return Duration.between(asItIs(alert), Objects.requireNonNull(alert.resolvedAt()));
    }

    private void report(long seed, Month month, List<Alert> all, Duration took) {
        System.out.printf(
                "A month (seed %d): %d alerts, %d of them critical, in %d s%n",
                seed,
                all.size(),
                all.stream().filter(it -> it.severity() == Severity.CRITICAL).count(),
                took.toSeconds());
        for (var person : people) {
            var calls = person.calls();
            var normal = calls.entrySet().stream()
                    .filter(it -> !isBad(month, it.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .summaryStatistics();
            long worst = calls.entrySet().stream()
                    .filter(it -> isBad(month, it.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .max()
                    .orElse(0);
            System.out.printf(
                    "  %s: %.2f calls a day, on normal days %.2f and at most %d, on bad days at most %d%n",
                    person.name,
                    calls.values().stream().mapToLong(it -> it).sum() / (double) Month.DAYS,
                    normal.getAverage(),
                    normal.getMax(),
                    worst);
            for (var severity : Severity.values()) {
                var seconds = all.stream()
                        .filter(it -> it.severity() == severity)
                        .map(it -> person.heard(texts.in(Locale.ENGLISH).title(it), it.firstSeenAt(), false))
                        .mapToLong(Duration::toSeconds)
                        .sorted()
                        .toArray();
                if (seconds.length > 0) {
                    System.out.printf(
                            "    %s: told after %d s in the middle, %d s at most%n",
                            severity, seconds[seconds.length / 2], seconds[seconds.length - 1]);
                }
            }
        }
    }
}
