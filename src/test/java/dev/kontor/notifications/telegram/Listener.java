package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who hears of a month of incidents, remembers what he was told when, and does something about it. */
final class Listener {

    final String name;
    final ZoneId zone;
    final boolean onCall;
    private final Phone phone;
    private final Clock clock;
    private final Random random;
    private final BiConsumer<Instant, Runnable> errands;
    private final List<Told> told = new ArrayList<>();
    private int seen;

    /** @param errands take what he does later */
    Listener(
            String name,
            Phone phone,
            ZoneId zone,
            boolean onCall,
            Clock clock,
            Random random,
            BiConsumer<Instant, Runnable> errands) {
        this.name = name;
        this.phone = phone;
        this.zone = zone;
        this.onCall = onCall;
        this.clock = clock;
        this.random = random;
        this.errands = errands;
    }

    /** @param called whether the telephone rang, and not only something that was said before looks different */
    private record Told(Instant at, String text, boolean called) {}

    /** What was said before does not count. */
    void beginsToListen() {
        seen = phone.messages().size();
        phone.edits();
    }

    /** @return whether there was anything */
    boolean hears() {
        var edits = phone.edits();
        edits.forEach(text -> told.add(new Told(clock.instant(), text, false)));
        var messages = phone.messages();
        var fresh = messages.subList(seen, messages.size());
        seen = messages.size();
        for (var message : fresh) {
            told.add(new Told(clock.instant(), message.text, !message.silent));
            if (!message.silent) {
                assertThat(message.buttons)
                        .as("what one can do about: " + message.text)
                        .isNotEmpty();
                reacts(message);
            }
        }
        return !edits.isEmpty() || !fresh.isEmpty();
    }

    /** Who is on call takes what is critical at any hour, and all else by day; plans are decided by whoever is awake. */
    private void reacts(ShownChat.Message message) {
        boolean critical = message.text.startsWith("🔴");
        var at = clock.instant().plus(Duration.ofMinutes(critical ? 3 + random.nextInt(10) : 5 + random.nextInt(35)));
        int hour = at.atZone(zone).getHour();
        boolean awake = hour >= 7 && hour < 23;
        if (onCall && (critical || awake)) {
            errands.accept(at, () -> presses(message, "Approve", "Take", "Take all"));
        } else if (awake && message.text.contains("A mass change waits")) {
            errands.accept(at, () -> presses(message, "Reject"));
        }
    }

    private void presses(ShownChat.Message message, String... labels) {
        message.buttons.stream()
                .filter(button -> List.of(labels).contains(button.label()))
                .findFirst()
                .ifPresent(phone::presses);
    }

    Map<LocalDate, Long> calls() {
        var calls = new TreeMap<LocalDate, Long>();
        told.stream().filter(Told::called).forEach(it -> calls.merge(day(it), 1L, Long::sum));
        return calls;
    }

    /** For people to read. */
    List<String> callsOn(LocalDate day) {
        return told.stream()
                .filter(it -> it.called() && day(it).equals(day))
                .map(it -> it.at() + " " + it.text().lines().findFirst().orElse(""))
                .toList();
    }

    private LocalDate day(Told one) {
        return one.at().atZone(zone).toLocalDate();
    }

    /** How long after that moment, or a year. @param called whether only calls count */
    Duration heard(String title, Instant since, boolean called) {
        return told.stream()
                .filter(it -> !it.at().isBefore(since) && (it.called() || !called))
                .filter(it -> it.text().contains(title))
                .findFirst()
                .map(it -> Duration.between(since, it.at()))
                .orElse(Duration.ofDays(365));
    }
}
