package dev.kontor.architecture;

import java.time.Clock;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchRule;

/** Habits that a reader relies on everywhere. */
final class CodeRules {

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Util|Utils|Utility|Helper|Helpers|Manager|Impl)");

    private static final Set<String> LAYERS = Set.of(
            "common",
            "util",
            "utils",
            "helper",
            "helpers",
            "misc",
            "shared",
            "core",
            "service",
            "services",
            "impl",
            "domain",
            "model",
            "entity",
            "dto",
            "repository",
            "controller");

    static final List<Rule> RULES = List.of(
            Rule.of("time is an injected clock", CodeRules::clock, "clocks", "Impatience", "Antique", "Sundial"),
            Rule.of("dependencies come by constructor", CodeRules::injection, "injected", "Injected"),
            Rule.of("only the start prints", CodeRules::printing, "printing", "Shouting", "Dumping"),
            Rule.of("every package is null-marked", CodeRules::nullMarked, "unmarked", "Unmarked"),
            Rule.of(
                    "types are named for what they do",
                    CodeRules::typeNames,
                    "naming",
                    "StockManager",
                    "OrdersImpl",
                    "PriceUtil"),
            Rule.of("packages are no layers", CodeRules::packageNames, "layered", "Layered"),
            Rule.of("settings are records", CodeRules::settings, "settings", "FeedSettings", "MutableProperties"));

    private CodeRules() {}

    static ArchRule clock(Root root) {
        return root.forbids(
                "read the time other than from an injected clock",
                "a test must be able to say what time it is",
                type -> Stream.concat(
                        type.getCodeUnitAccessesFromSelf().stream()
                                .filter(it -> readsTheTime(it) || makesAClock(root, it))
                                .map(JavaAccess::getDescription),
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(it -> it.getTargetClass().isEquivalentTo(Date.class)
                                        || it.getTargetClass().isEquivalentTo(Calendar.class))
                                .map(Object::toString)));
    }

    static ArchRule injection(Root root) {
        return root.forbids(
                "have a field injected",
                "a type says in its constructor what it needs",
                type -> type.getFields().stream()
                        .filter(it -> it.isAnnotatedWith(Autowired.class)
                                || it.isAnnotatedWith(Value.class)
                                || it.isAnnotatedWith("jakarta.inject.Inject")
                                || it.isAnnotatedWith("jakarta.annotation.Resource"))
                        .map(it -> it.getFullName()));
    }

    static ArchRule printing(Root root) {
        return root.forbids(
                "print, other than the notice at the start",
                "what a module has to say goes to its log, which can be masked and searched",
                type -> Stream.concat(
                                type.getFieldAccessesFromSelf().stream()
                                        .filter(it -> !speaksAtTheStart(root, type))
                                        .filter(it -> it.getTargetOwner().isEquivalentTo(System.class)),
                                type.getCodeUnitAccessesFromSelf().stream()
                                        .filter(it -> it.getTargetOwner().isAssignableTo(Throwable.class))
                                        .filter(it -> it.getName().equals("printStackTrace")))
                        .map(JavaAccess::getDescription));
    }

    static ArchRule nullMarked(Root root) {
        return root.forbids(
                "lie in a package without @NullMarked",
                "NullAway looks only at marked packages",
                type -> Stream.of(type.getPackage())
                        .filter(it -> !it.isAnnotatedWith(NullMarked.class))
                        .map(it -> "unmarked package " + it.getName()));
    }

    static ArchRule typeNames(Root root) {
        return root.forbids(
                "be named Util, Helper, Manager or Impl",
                "such a name says that nobody knew what the type is for",
                type -> Stream.of(type.getSimpleName())
                        .filter(EMPTY_NAME.asMatchPredicate())
                        .map(name -> "name " + name));
    }

    static ArchRule packageNames(Root root) {
        return root.forbids(
                "lie in a package named for a layer",
                "parts are named for what they do",
                type -> Arrays.stream(root.path(type)).filter(LAYERS::contains).map(name -> "package " + name));
    }

    static ArchRule settings(Root root) {
        return root.forbids(
                "hold settings without being a record named Properties",
                "settings are read once and change nowhere",
                type -> Stream.of(type)
                        .filter(it -> it.isAnnotatedWith(ConfigurationProperties.class))
                        .filter(it -> !root.isWithin(it, "sandbox")) // there they are a scenario, also without Spring
                        .filter(it -> !it.isRecord() || !it.getSimpleName().endsWith("Properties"))
                        .map(it -> "holds settings"));
    }

    /** It shows a password to the person at the terminal, which no log may hold. */
    private static boolean speaksAtTheStart(Root root, JavaClass type) {
        return root.module(type).isEmpty() || type.getSimpleName().equals("StartNotice");
    }

    private static boolean readsTheTime(JavaCodeUnitAccess<?> call) {
        var owner = call.getTargetOwner();
        return owner.getPackageName().equals("java.time")
                        && call.getName().equals("now")
                        && call.getTarget().getRawParameterTypes().stream()
                                .noneMatch(it -> it.isEquivalentTo(Clock.class))
                || owner.isEquivalentTo(System.class) && call.getName().equals("currentTimeMillis");
    }

    private static boolean makesAClock(Root root, JavaCodeUnitAccess<?> call) {
        JavaClass origin = call.getOriginOwner();
        return call.getTargetOwner().isEquivalentTo(Clock.class)
                && call.getName().startsWith("system")
                && !root.module(origin).isEmpty()
                && !root.isWithin(origin, "sandbox");
    }
}
