package dev.kontor.notifications.telegram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.kontor.access.Role;
import dev.kontor.notifications.settings.Settings;
import dev.kontor.notifications.settings.Settings.Setting;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;

/** Shows when something is worth an alert, and changes it for everybody; the use case looks at the role. */
@WithBot
class ThresholdSteps implements Step.Source {

    private static final String THRESHOLDS = "rules.";

    private final Settings settings;

    ThresholdSteps(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.looking("settings.thresholds", request -> List.of(list(request.talk()))),
                Step.looking("settings.threshold", request -> one(request.words(), request.talk())),
                Step.changing("settings.tune", this::tune));
    }

    /** Empty where the first word is no setting. */
    Optional<List<Reply>> written(Request request) {
        var parts = request.words().split("\\s+", 2);
        return named(parts[0]).map(setting -> {
            if (parts.length == 1) {
                return one(setting.name(), request.talk());
            }
            if (!request.caller().role().includes(Role.MANAGER)) {
                var role = request.talk().word("role", Role.MANAGER.name());
                return List.of(new Reply.Say(request.talk().say("forbidden", role)));
            }
            return change(request, setting.name(), parts[1].equalsIgnoreCase("off") ? null : parts[1]);
        });
    }

    private Optional<Setting> named(String word) {
        var name = word.toLowerCase(Locale.ROOT);
        return settings.all().settings().stream()
                .filter(it -> it.name().equals(name) || it.name().equals(THRESHOLDS + name))
                .findFirst();
    }

    private List<Reply> tune(Request request) {
        var parts = request.words().split(" ", 2);
        return change(request, parts[0], parts.length == 1 ? null : parts[1]);
    }

    private List<Reply> change(Request request, String name, @Nullable String value) {
        var changes = new HashMap<String, @Nullable String>();
        changes.put(name, value);
        settings.change(changes, request.caller(), _ -> {});
        return one(name, request.talk());
    }

    private Reply list(Talk talk) {
        var lines = new ArrayList<String>();
        lines.add(talk.say("thresholds.title"));
        var rows = new ArrayList<List<Button>>();
        for (var setting : settings.all().settings()) {
            if (Settings.isThreshold(setting.name())) {
                lines.add(talk.say("thresholds.line", label(talk, setting), shown(setting)));
                rows.add(List.of(Button.of(label(talk, setting), "settings.threshold", setting.name())));
            }
        }
        rows.add(List.of(Button.of(talk.plain("settings.back"), "settings", "")));
        return new Reply.Show(String.join("\n", lines), rows);
    }

    private List<Reply> one(String name, Talk talk) {
        var setting = named(name).orElse(null);
        if (setting == null) {
            return List.of(new Reply.Say(talk.say("settings.usage")));
        }
        var text = talk.say(
                "threshold",
                label(talk, setting),
                shown(setting),
                setting.preset() == null ? "–" : setting.preset(),
                setting.name());
        var steps = beside(setting).stream()
                .map(value -> Button.of(value, "settings.tune", setting.name() + " " + value))
                .toList();
        var rows = new ArrayList<List<Button>>();
        if (!steps.isEmpty()) {
            rows.add(steps);
        }
        if (setting.changed()) {
            rows.add(List.of(Button.of(talk.plain("threshold.preset"), "settings.tune", setting.name())));
        }
        rows.add(List.of(Button.of(talk.plain("settings.back"), "settings.thresholds", "")));
        return List.of(new Reply.Show(text, rows));
    }

    private static String label(Talk talk, Setting setting) {
        var name = setting.name();
        return talk.word("threshold", Settings.isThreshold(name) ? name.substring(THRESHOLDS.length()) : name);
    }

    private static String shown(Setting setting) {
        return setting.value() == null ? "–" : setting.value();
    }

    /** A little less and a little more. */
    private static List<String> beside(Setting setting) {
        var value = setting.value() == null ? "" : setting.value();
        if (value.matches("\\d{1,6}")) {
            int number = Integer.parseInt(value);
            return number > 1
                    ? List.of(String.valueOf(number - 1), String.valueOf(number + 1))
                    : List.of(String.valueOf(number + 1));
        }
        if (value.matches("\\d{1,6}[smhd]")) {
            long seconds = DurationStyle.SIMPLE.parse(value).toSeconds();
            return seconds < 2 ? List.of(seconds * 2 + "s") : List.of(seconds / 2 + "s", seconds * 2 + "s");
        }
        return List.of();
    }
}
