package dev.kontor.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchRule;

import dev.kontor.api.Guarded;
import dev.kontor.api.Open;
import dev.kontor.api.Own;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Who may call whom. */
final class ModuleRules {

    /** From the bottom up; a module calls only what is further down. */
    static final List<Set<String>> ORDER = List.of(
            Set.of("marketplaces"),
            Set.of("accounts"),
            Set.of("orders"),
            Set.of("inventory"),
            Set.of("operations", "designs"),
            Set.of("notifications"),
            Set.of("dashboard"));

    /** They stand beside the others, and whom they may call. */
    static final Map<String, Set<String>> BESIDE = Map.of(
            "api", Set.of(),
            "audit", Set.of("api"),
            "access", Set.of("audit", "api"),
            "privacy", Set.of("access", "audit", "api"),
            "sandbox", Set.of());

    static final List<Rule> RULES = List.of(
            Rule.of("every package has its place", ModuleRules::place, "place", "Stray"),
            Rule.of(
                    "calls go only downward",
                    ModuleRules::downward,
                    "upward",
                    "Upward",
                    "Sideways",
                    "Beside",
                    "Bottom"),
            Rule.of("sandbox reaches nobody and nobody it", ModuleRules::sandbox, "sandboxed", "Intruder", "Escapee"),
            Rule.of("nobody refers to the root package", ModuleRules::root, "homesick", "Homesick"),
            Rule.of("controllers live in web", ModuleRules::controllers, "controllers", "LostController", "Desk"),
            Rule.of(
                    "every route declares who may use it",
                    ModuleRules::routes,
                    "undeclared",
                    "DoorController",
                    "DeskController"),
            Rule.of("nobody refers to web", ModuleRules::web, "webbed", "Insider"),
            Rule.of("parts are free of cycles", ModuleRules::cycles, "cyclic", "Chicken", "Egg"));

    private ModuleRules() {}

    static int rank(String module) {
        for (var rank = 0; rank < ORDER.size(); rank++) {
            if (ORDER.get(rank).contains(module)) {
                return rank;
            }
        }
        return -1;
    }

    static boolean known(String module) {
        return rank(module) >= 0 || BESIDE.containsKey(module);
    }

    static boolean allowed(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        if (BESIDE.containsKey(from)) {
            return BESIDE.get(from).contains(to);
        }
        if (from.equals("marketplaces")) {
            return to.equals("api");
        }
        return BESIDE.containsKey(to) ? !to.equals("sandbox") : rank(from) > rank(to) && rank(to) >= 0;
    }

    static ArchRule place(Root root) {
        return root.forbids(
                "lie in a package that has no place among the modules",
                "a renamed module would otherwise slip out of every rule that names it",
                type -> Stream.of(root.module(type))
                        .filter(module -> !module.isEmpty() && !known(module))
                        .map(module -> "no module " + module + " in the order"));
    }

    static ArchRule downward(Root root) {
        return root.forbids(
                "call upward",
                "calls go down, events go up",
                type -> root.inner(type)
                        .filter(it -> !root.module(type).isEmpty())
                        .filter(it -> !root.module(target(it)).isEmpty())
                        .filter(it -> !allowed(root.module(type), root.module(target(it))))
                        .map(Object::toString));
    }

    static ArchRule sandbox(Root root) {
        return root.forbids(
                "cross the border of the sandbox",
                "the sandbox is as far away as a real marketplace: they talk over HTTP alone",
                type -> root.inner(type)
                        .filter(it -> root.isWithin(type, "sandbox") != root.isWithin(target(it), "sandbox"))
                        .map(Object::toString));
    }

    static ArchRule root(Root root) {
        return root.forbids(
                "refer to the root package",
                "it wires the modules and so is above all of them",
                type -> root.inner(type)
                        .filter(it -> !root.module(type).isEmpty())
                        .filter(it -> root.module(target(it)).isEmpty())
                        .map(Object::toString));
    }

    static ArchRule controllers(Root root) {
        return root.forbids(
                "be a controller outside of <module>.web or without its name",
                "whoever looks for an endpoint finds it there",
                type -> Stream.of(type)
                        .filter(it -> it.isAnnotatedWith(Controller.class) || it.isMetaAnnotatedWith(Controller.class))
                        .filter(it -> !inWeb(root, it) || !it.getSimpleName().endsWith("Controller"))
                        .map(it -> "controller " + it.getName()));
    }

    static ArchRule routes(Root root) {
        return root.forbids(
                "answer requests and not declare by whom",
                "what nobody may use is closed to everybody, and nobody would hear of it before it is asked for",
                type -> type.getMethods().stream()
                        .filter(it -> it.isAnnotatedWith(RequestMapping.class)
                                || it.isMetaAnnotatedWith(RequestMapping.class))
                        .filter(it -> !isDeclared(it) && !isDeclared(it.getOwner()))
                        .map(it -> "route " + it.getFullName()));
    }

    private static boolean isDeclared(CanBeAnnotated place) {
        return Stream.of(Guarded.class, Own.class, Open.class).anyMatch(place::isAnnotatedWith);
    }

    static ArchRule web(Root root) {
        return root.forbids(
                "refer to a web package from outside of it",
                "what drives Kontor calls use cases and is called by nobody",
                type -> root.inner(type)
                        .filter(it -> inWeb(root, target(it)))
                        .filter(it -> !type.getPackageName().startsWith(webOf(target(it))))
                        .map(Object::toString));
    }

    static ArchRule cycles(Root root) {
        return slices().matching(root.name() + ".(*).(*)..").should().beFreeOfCycles();
    }

    private static boolean inWeb(Root root, JavaClass type) {
        return Arrays.asList(root.path(type)).contains("web");
    }

    private static String webOf(JavaClass type) {
        var name = type.getPackageName();
        return name.substring(0, name.lastIndexOf(".web") + ".web".length());
    }

    private static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }
}
