package dev.kontor.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.modulith.ApplicationModule;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

import dev.kontor.marketplaces.Marketplace;

/** What keeps a marketplace behind its interface. */
final class MarketplaceRules {

    private static final String EXCHANGE = "exchange";

    static final List<Rule> RULES = List.of(
            Rule.of("only its module names a marketplace", MarketplaceRules::names, "named", "OzonClerk", "Forger"),
            Rule.of("adapters see the interface and exchange", MarketplaceRules::sight, "adapters", "Gossip", "Rival"),
            Rule.of("nobody refers to an adapter", MarketplaceRules::hidden, "adapters", "Rival", "Impatient"),
            Rule.of("adapters are package-private", MarketplaceRules::packagePrivate, "adapters", "Loud"),
            Rule.of("every adapter is a nested module", MarketplaceRules::nested, "homeless", "Homeless", "Undeclared"),
            Rule.of("exchange is for adapters", MarketplaceRules::exchange, "shortcut", "Shortcut"),
            Rule.of("libraries of the exchange stay there", MarketplaceRules::seam, "seams", "Retrying", "Bucket"));

    private MarketplaceRules() {}

    /** What the packages are called in which there is a marketplace, so that another one needs no entry anywhere. */
    static Set<String> namesOf(Root root) {
        var names = root.classes().stream()
                .filter(root::contains)
                .filter(type -> type.isAssignableTo(Marketplace.class) && !type.isInterface())
                .map(type -> adapter(root, type))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            throw new AssertionError("no marketplace below " + root.name() + ": a rule about none would always hold");
        }
        return names;
    }

    static ArchRule names(Root root) {
        var names = namesOf(root);
        return root.forbids(
                "name a marketplace outside of that marketplace's module",
                "a new marketplace must need no change elsewhere",
                type -> Constants.of(type)
                        .filter(text -> !text.contains("software/amazon/")) // a library, not the marketplace
                        .flatMap(text -> words(text).filter(names::contains).map(name -> name + " in \"" + text + "\""))
                        .filter(found -> !mayName(root, type, found.substring(0, found.indexOf(' ')))));
    }

    static ArchRule sight(Root root) {
        return root.forbids(
                "see more of Kontor than the interface and the exchange",
                "an adapter translates and decides nothing",
                type -> fromAdapter(root, type)
                        .filter(it -> !target(it).getPackageName().equals(root.name() + ".marketplaces"))
                        .filter(it -> !root.isWithin(target(it), "marketplaces." + EXCHANGE))
                        .filter(it -> !adapter(root, target(it)).equals(adapter(root, type)))
                        .map(Object::toString));
    }

    static ArchRule hidden(Root root) {
        return root.forbids(
                "refer to an adapter",
                "callers get it from Marketplaces, by its interface",
                type -> root.inner(type)
                        .filter(it -> !adapter(root, target(it)).isEmpty())
                        .filter(it -> !adapter(root, target(it)).equals(adapter(root, type)))
                        .map(Object::toString));
    }

    static ArchRule packagePrivate(Root root) {
        return root.forbids(
                "be a public type of an adapter",
                "what nobody can see nobody can come to rely on",
                type -> Stream.of(type)
                        .filter(it -> !adapter(root, it).isEmpty() && it.isTopLevelClass())
                        .filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(it -> "is public"));
    }

    static ArchRule nested(Root root) {
        return root.forbids(
                "implement Marketplace outside of a nested module of its own",
                "an adapter is one module, found and removed as one",
                type -> Stream.of(type)
                        .filter(it -> it.isAssignableTo(Marketplace.class) && !it.isInterface())
                        .filter(it -> adapter(root, it).isEmpty()
                                || !it.getPackage().isAnnotatedWith(ApplicationModule.class))
                        .map(it -> "is no nested module's"));
    }

    static ArchRule exchange(Root root) {
        return root.forbids(
                "use the exchange without being an adapter",
                "whoever wants something of a marketplace asks its interface",
                type -> root.inner(type)
                        .filter(it -> root.isWithin(target(it), "marketplaces." + EXCHANGE))
                        .filter(it -> !root.isWithin(type, "marketplaces." + EXCHANGE))
                        .filter(it -> adapter(root, type).isEmpty())
                        .map(Object::toString));
    }

    static ArchRule seam(Root root) {
        return root.forbids(
                "use a library that has one place in Kontor elsewhere",
                "spring-retry is archived and must be replaceable; budgets are counted in one place",
                type -> type.getDirectDependenciesFromSelf().stream()
                        .filter(it -> !mayUse(root, type, it.getTargetClass().getPackageName()))
                        .map(Object::toString));
    }

    private static boolean mayUse(Root root, JavaClass type, String library) {
        if (root.isWithin(type, "marketplaces." + EXCHANGE)) {
            return true;
        }
        var retry = library.startsWith("org.springframework.retry");
        var limits = library.startsWith("io.github.bucket4j") || library.startsWith("io.lettuce");
        return !retry && (!limits || root.isWithin(type, "access")); // access limits its callers
    }

    private static boolean mayName(Root root, JavaClass type, String marketplace) {
        return root.module(type).isEmpty() // the defaults of the first run
                || root.isWithin(type, "sandbox")
                || adapter(root, type).equals(marketplace);
    }

    /** {@code "AllegroFeed"} and {@code "kontor.allegro.api-url"} hold the word {@code allegro}. */
    private static Stream<String> words(String text) {
        return Arrays.stream(text.split("(?<=[a-z])(?=[A-Z])|[^A-Za-z]+"))
                .map(String::toLowerCase)
                .distinct();
    }

    /** The adapter a type belongs to; empty for everything else. */
    private static String adapter(Root root, JavaClass type) {
        var path = root.path(type);
        var nested = path.length >= 2
                && path[0].equals("marketplaces")
                && !List.of(EXCHANGE, "web").contains(path[1]);
        return nested ? path[1] : "";
    }

    private static Stream<Dependency> fromAdapter(Root root, JavaClass type) {
        return adapter(root, type).isEmpty() ? Stream.empty() : root.inner(type);
    }

    private static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }
}
