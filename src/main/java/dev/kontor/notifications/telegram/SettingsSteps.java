package dev.kontor.notifications.telegram;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.notifications.wishes.Wishes;

/** Shows what a chat wants to hear and when, and changes it. */
@WithBot
class SettingsSteps implements Step.Source {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    /** Of this chat alone. */
    private static final Set<String> OWN = Set.of("language", "zone", "least", "mute", "unmute", "digest", "quiet");

    private final Chats chats;
    private final ThresholdSteps thresholds;
    private final TransactionOperations transaction;

    SettingsSteps(Chats chats, ThresholdSteps thresholds, TransactionOperations transaction) {
        this.chats = chats;
        this.thresholds = thresholds;
        this.transaction = transaction;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.looking("/settings", this::written),
                Step.looking("settings.set", request -> change(request, request.words(), SettingsSteps::shown)),
                Step.looking("settings.kinds", request -> List.of(kinds(request.chat(), request.talk()))),
                Step.looking("settings.kind", request -> change(request, request.words(), SettingsSteps::kinds)),
                Step.looking("settings", request -> List.of(shown(request.chat(), request.talk()))));
    }

    private List<Reply> written(Request request) {
        if (request.words().isEmpty()) {
            return List.of(shown(request.chat(), request.talk()));
        }
        var first = request.words().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        var forAll = OWN.contains(first) ? Optional.<List<Reply>>empty() : thresholds.written(request);
        return forAll.orElseGet(() -> change(request, request.words(), SettingsSteps::shown));
    }

    private List<Reply> change(Request request, String words, BiFunction<Chat, Talk, Reply> show) {
        if (!request.caller().id().equals(request.chat().user())) {
            return List.of(new Reply.Say(request.talk().say("settings.not.yours")));
        }
        var changed = changed(request.chat(), words);
        if (changed == null) {
            return List.of(new Reply.Say(request.talk().say("settings.usage")));
        }
        transaction.executeWithoutResult(_ -> chats.save(changed));
        return List.of(show.apply(changed, changed.talk()));
    }

    private static @Nullable Chat changed(Chat chat, String words) {
        var parts = words.split("\\s+", 2);
        if (parts.length < 2) {
            return null;
        }
        try {
            var changed = changed(chat.wishes(), parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            return changed == null ? null : chat.wishing(changed);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Wishes changed(Wishes wishes, String what, String value) {
        boolean off = value.equalsIgnoreCase("off");
        return switch (what) {
            case "language" -> Wishes.LANGUAGES.contains(value) ? wishes.speaking(Locale.of(value)) : null;
            case "zone" -> wishes.in(ZoneId.of(value));
            case "least" -> wishes.hearing(Severity.valueOf(value.toUpperCase(Locale.ROOT)), wishes.muted());
            case "mute" -> wishes.hearing(wishes.least(), toggled(wishes.muted(), kind(value), true));
            case "unmute" -> wishes.hearing(wishes.least(), toggled(wishes.muted(), kind(value), false));
            case "digest" -> wishes.digest(off ? null : time(value));
            case "quiet" -> {
                var hours = value.split("\\s*[-–]\\s*", 2);
                yield off
                        ? wishes.quiet(null, null)
                        : hours.length == 2 ? wishes.quiet(time(hours[0]), time(hours[1])) : null;
            }
            default -> null;
        };
    }

    private static AlertKind kind(String name) {
        return AlertKind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Set<AlertKind> toggled(Set<AlertKind> muted, AlertKind kind, boolean mute) {
        var kinds = EnumSet.noneOf(AlertKind.class);
        kinds.addAll(muted);
        if (mute) {
            kinds.add(kind);
        } else {
            kinds.remove(kind);
        }
        return kinds;
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text.strip(), HOUR);
    }

    private static Reply shown(Chat chat, Talk talk) {
        var wishes = chat.wishes();
        boolean english = wishes.language().getLanguage().equals("en");
        var off = talk.plain("settings.off");
        var quiet =
                wishes.quietFrom() == null ? off : HOUR.format(wishes.quietFrom()) + "–" + time(wishes.quietTo(), off);
        var text = talk.say(
                "settings",
                talk.plain(english ? "language.en" : "language.ru"),
                wishes.zone().getId(),
                talk.word("severity", wishes.least().name()),
                wishes.muted().size(),
                quiet,
                time(wishes.digestAt(), off));
        return new Reply.Show(
                text,
                List.of(
                        List.of(
                                set(
                                        talk,
                                        english ? "language.ru" : "language.en",
                                        "language " + (english ? "ru" : "en")),
                                Button.of(talk.plain("settings.kinds"), "settings.kinds", ""),
                                Button.of(talk.plain("settings.thresholds"), "settings.thresholds", "")),
                        Arrays.stream(Severity.values())
                                .filter(severity -> severity != wishes.least())
                                .map(severity -> set(
                                        talk.plain("settings.from", talk.word("severity", severity.name())),
                                        "least " + severity))
                                .toList(),
                        List.of(
                                wishes.quietFrom() == null
                                        ? set(talk, "settings.quiet.on", "quiet 22:00-7:00")
                                        : set(talk, "settings.quiet.off", "quiet off"),
                                wishes.digestAt() == null
                                        ? set(talk, "settings.digest.on", "digest 8:00")
                                        : set(talk, "settings.digest.off", "digest off"))));
    }

    private static String time(@Nullable LocalTime time, String off) {
        return time == null ? off : HOUR.format(time);
    }

    private static Button set(Talk talk, String label, String what) {
        return set(talk.plain(label), what);
    }

    private static Button set(String label, String what) {
        return Button.of(label, "settings.set", what);
    }

    private static Reply kinds(Chat chat, Talk talk) {
        var rows = new ArrayList<List<Button>>();
        var row = new ArrayList<Button>();
        for (var kind : AlertKind.values()) {
            boolean muted = chat.wishes().muted().contains(kind);
            row.add(Button.of(
                    (muted ? "🔕 " : "🔔 ") + talk.word("kind", kind.name()),
                    "settings.kind",
                    (muted ? "unmute " : "mute ") + kind));
            if (row.size() == 2) {
                rows.add(List.copyOf(row));
                row.clear();
            }
        }
        if (!row.isEmpty()) {
            rows.add(List.copyOf(row));
        }
        rows.add(List.of(Button.of(talk.plain("settings.back"), "settings", "")));
        return new Reply.Show(talk.say("settings.kinds.title"), rows);
    }
}
