package dev.kontor.notifications.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.api.FieldProblem;
import dev.kontor.api.Forbidden;
import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** What people may change of how alerts come about and whom they reach. */
@Component
public class Settings {

    /** Nothing that would be looked up elsewhere, such as {@code ${…}}. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9.,\\- _]{0,500}");

    private static final String THRESHOLDS = "rules.";

    private final List<Live<?>> groups;
    private final Overrides overrides;
    private final AuditLog audit;

    Settings(List<Live<?>> groups, Overrides overrides, AuditLog audit) {
        this.groups = groups;
        this.overrides = overrides;
        this.audit = audit;
    }

    /**
     * @param name such as {@code rules.failed-runs}; behind {@code kontor.notifications} it is the property's
     * @param value in effect; null where nothing is set, and each case is what it is
     * @param preset what it is when nobody has set it here
     * @param changed whether somebody has
     */
    public record Setting(
            String name, @Nullable String value, @Nullable String preset, boolean changed) {}

    /** @param version of all of them */
    public record All(List<Setting> settings, long version) {}

    public All all() {
        var present = overrides.present();
        var all = new ArrayList<Setting>();
        for (var group : groups) {
            var now = group.with(group.usable(present.values()));
            var preset = group.with(Map.of());
            group.shapes()
                    .forEach((name, shape) -> all.add(new Setting(
                            name,
                            shape.shown(now),
                            shape.shown(preset),
                            present.values().containsKey(name))));
        }
        return new All(all, present.version());
    }

    /** What says when something is worth an alert. */
    public static boolean isThreshold(String name) {
        return name.startsWith(THRESHOLDS);
    }

    /**
     * In effect on all instances at once, from the next sign of a cause on. Thresholds are for managers; who is told, and how
     * bad something is, is for administrators.
     *
     * @param changes by name; null for what it is when nobody has set it
     * @throws InvalidField that names each that is wrong
     */
    @Transactional
    public All change(Map<String, @Nullable String> changes, Caller caller, LongConsumer seen) {
        if (!caller.role().includes(Role.MANAGER)
                || caller.role() != Role.ADMINISTRATOR
                        && !changes.keySet().stream().allMatch(Settings::isThreshold)) {
            throw new Forbidden("Who is told of what is set by an administrator; a manager sets rules.… only.");
        }
        var before = overrides.lock();
        seen.accept(before.version());
        var after = new TreeMap<>(before.values());
        var problems = new ArrayList<FieldProblem>();
        changes.forEach((name, value) -> check(name, value, after).ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
        if (!after.equals(before.values())) {
            overrides.save(after);
        }
        record(before.values(), after, changes.keySet());
        return all();
    }

    /** Where it is right it is among the values afterwards. */
    private Optional<FieldProblem> check(String name, @Nullable String value, SortedMap<String, String> values) {
        var group = groups.stream().filter(it -> it.owns(name)).findFirst();
        var shape = group.map(it -> it.shapes().get(name));
        if (shape.isEmpty()) {
            return Optional.of(new FieldProblem(name, "is no setting"));
        }
        if (value == null) {
            values.remove(name);
            return Optional.empty();
        }
        return tried(group.get(), shape.get(), name, value, values);
    }

    private static Optional<FieldProblem> tried(
            Live<?> group, Shape shape, String name, String value, SortedMap<String, String> values) {
        if (!VALUE.matcher(value).matches() || !shape.isWrittenSo(value)) {
            return Optional.of(new FieldProblem(name, shape.must()));
        }
        var tried = group.usable(values);
        tried.put(name, value);
        try {
            var bound = group.with(tried);
            var shown = shape.shown(bound);
            if (shape.isTooLarge(bound) || shown == null) {
                return Optional.of(new FieldProblem(name, shape.must()));
            }
            values.put(name, shown);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new FieldProblem(name, shape.must() + because(e)));
        }
    }

    /** What the properties themselves say that they do not allow. */
    private static String because(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var said = root.getMessage();
        return said != null && said.startsWith(Live.PREFIX) ? "; " + said : "";
    }

    private void record(Map<String, String> before, Map<String, String> after, Set<String> names) {
        var act = Act.of("alert-settings.changed", "settings", "alerts");
        names.forEach(name -> act.label(name, before.get(name), after.get(name)));
        audit.record(act);
    }
}
