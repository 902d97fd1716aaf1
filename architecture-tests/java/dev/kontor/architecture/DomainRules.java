package dev.kontor.architecture;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jmolecules.archunit.JMoleculesArchitectureRules;
import org.jmolecules.archunit.JMoleculesDddRules;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Entity;
import org.jmolecules.ddd.annotation.ValueObject;
import org.jmolecules.ddd.types.Identifiable;
import org.jmolecules.ddd.types.Identifier;
import org.jmolecules.event.annotation.DomainEvent;
import org.springframework.context.event.EventListener;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/** What keeps the domain apart from the means by which it is reached and stored. */
final class DomainRules {

    private static final List<Class<? extends Annotation>> DOMAIN =
            List.of(AggregateRoot.class, Entity.class, ValueObject.class, DomainEvent.class);

    private static final List<String> TRANSPORT = List.of(
            "org.springframework.web.",
            "org.springframework.http.",
            "org.springframework.jdbc.",
            "jakarta.servlet.",
            "java.net.http.",
            "java.sql.",
            "javax.sql.");

    /** Participles that do not end in {@code ed}. */
    private static final Set<String> IRREGULAR = Set.of(
            "Begun", "Built", "Found", "Held", "Kept", "Lost", "Made", "Met", "Paid", "Read", "Reset", "Sent", "Set",
            "Sold");

    static final List<Rule> RULES = List.of(
            Rule.of(
                    "the domain knows no transport",
                    DomainRules::transport,
                    "transport",
                    "Invoice",
                    "InvoicePaid",
                    "Shelf"),
            Rule.of(
                    "an event is a record named for what happened",
                    DomainRules::events,
                    "events",
                    "OrderEvent",
                    "StockMoved"),
            Rule.of("a listener returns nothing", DomainRules::listeners, "listeners", "Echo"),
            Rule.of("a listener hears only events", DomainRules::heard, "heard", "Eavesdropper"),
            Rule.of("aggregates follow jMolecules", DomainRules::aggregates, "aggregates", "Basket"),
            Rule.of("ports and adapters follow jMolecules", DomainRules::hexagon, "hexagon", "Port"));

    private DomainRules() {}

    static ArchRule transport(Root root) {
        return root.forbids(
                "be of the domain and know a web, HTTP or JDBC type",
                "orders and stock outlive every wire format",
                type -> Stream.of(type)
                        .filter(it -> isDomain(it) || it.getPackageName().equals(root.name() + ".marketplaces"))
                        .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                        .filter(it ->
                                TRANSPORT.stream().anyMatch(it.getTargetClass().getName()::startsWith))
                        .map(Object::toString));
    }

    static ArchRule events(Root root) {
        return root.forbids(
                "be an event that is no record or not named noun + participle",
                "it is a fact, and its name says which",
                type -> Stream.of(type)
                        .filter(it -> it.isAnnotatedWith(DomainEvent.class))
                        .filter(it -> !(it.isRecord() || it.isInterface()) || !tellsWhatHappened(it.getSimpleName()))
                        .map(it -> "is a domain event"));
    }

    static ArchRule listeners(Root root) {
        return root.forbids(
                "return something from a listener",
                "Spring publishes what a listener returns",
                type -> listenersOf(type)
                        .filter(it -> !it.getRawReturnType().isEquivalentTo(void.class))
                        .map(JavaMethod::getFullName));
    }

    static ArchRule heard(Root root) {
        return root.forbids(
                "listen to a type of Kontor that is not declared a domain event",
                "the documentation and the publication registry know events by their annotation",
                type -> listenersOf(type)
                        .flatMap(it -> it.getRawParameterTypes().stream())
                        .filter(root::contains)
                        .filter(it -> !it.isAnnotatedWith(DomainEvent.class))
                        .map(it -> "listens to " + it.getName()));
    }

    static ArchRule aggregates(Root root) {
        return CompositeArchRule.of(nothingForbidden(root)).and(JMoleculesDddRules.all());
    }

    static ArchRule hexagon(Root root) {
        return CompositeArchRule.of(nothingForbidden(root)).and(JMoleculesArchitectureRules.ensureHexagonal());
    }

    /** Fails only where there is nothing to look at, which a library's rule may accept. */
    private static ArchRule nothingForbidden(Root root) {
        return root.forbids("be missing", "a rule about nothing holds nothing", type -> Stream.empty());
    }

    private static Stream<JavaMethod> listenersOf(JavaClass type) {
        return type.getMethods().stream()
                .filter(it -> it.isAnnotatedWith(EventListener.class) || it.isMetaAnnotatedWith(EventListener.class));
    }

    private static boolean isDomain(JavaClass type) {
        return DOMAIN.stream().anyMatch(type::isAnnotatedWith)
                || type.isAssignableTo(Identifiable.class)
                || type.isAssignableTo(Identifier.class);
    }

    private static boolean tellsWhatHappened(String name) {
        var lastWord = name.replaceFirst(".*(?=[A-Z])", "");
        return !lastWord.equals(name) && (lastWord.endsWith("ed") || IRREGULAR.contains(lastWord));
    }
}
