package dev.kontor.architecture;

import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The package under which the modules lie: Kontor's own, or that of a planted copy. */
record Root(String name) {

    private static final String PLANTED_CODE = "dev.kontor.architecture.planted";

    static final Root KONTOR = new Root("dev.kontor");

    /** Read once for all rules. */
    private static final class Imported {
        private static final JavaClasses KONTOR = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.kontor");
        private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(PLANTED_CODE);
    }

    static Root planted(String violation) {
        return new Root(PLANTED_CODE + "." + violation);
    }

    JavaClasses classes() {
        return equals(KONTOR)
                ? Imported.KONTOR
                : Imported.PLANTED.that(DescribedPredicate.describe("are below " + name, this::contains));
    }

    boolean contains(JavaClass type) {
        return isWithin(type, "");
    }

    /** Whether a type lies in {@code path} (such as {@code marketplaces.exchange}) or below. */
    boolean isWithin(JavaClass type, String path) {
        var base = path.isEmpty() ? name : name + "." + path;
        return (type.getPackageName() + ".").startsWith(base + ".");
    }

    /** The steps from the root to the type's package: none for the root package itself. */
    String[] path(JavaClass type) {
        var beyond = type.getPackageName().substring(name.length());
        return beyond.isEmpty() ? new String[0] : beyond.substring(1).split("\\.");
    }

    /** The module a type belongs to; empty for the root package. */
    String module(JavaClass type) {
        var path = path(type);
        return path.length == 0 ? "" : path[0];
    }

    /** The dependencies of a type on other types under this root. */
    Stream<Dependency> inner(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(it -> contains(it.getTargetClass().getBaseComponentType()));
    }

    /** Every class is looked at, so that a rule about nothing fails; what is found against it is a violation. */
    ArchRule forbids(String what, String because, Function<JavaClass, Stream<String>> search) {
        return ArchRuleDefinition.classes()
                .that(DescribedPredicate.describe("are below " + name, this::contains))
                .should(new ArchCondition<>("not " + what) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        search.apply(type)
                                .distinct()
                                .forEach(found ->
                                        events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + found)));
                    }
                })
                .because(because);
    }
}
