package dev.kontor.architecture;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.tngtech.archunit.core.importer.ClassFileImporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every rule holds for Kontor, accuses the code that was planted against it, and fails where there is no code. */
class ArchitectureTests {

    static Stream<Rule> rules() {
        return Stream.of(ModuleRules.RULES, MarketplaceRules.RULES, DomainRules.RULES, SqlRules.RULES, CodeRules.RULES)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(Rule rule) {
        rule.on().apply(Root.KONTOR).check(Root.KONTOR.classes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void accusesThePlantedCulpritsAndNobodyElse(Rule rule) {
        var planted = Root.planted(rule.planted());
        var accusations = rule.on()
                .apply(planted)
                .evaluate(planted.classes())
                .getFailureReport()
                .getDetails();
        assertThat(rule.culprits())
                .allSatisfy(
                        culprit -> assertThat(accusations).anyMatch(accusation -> names(accusation, List.of(culprit))));
        assertThat(accusations).allMatch(accusation -> names(accusation, rule.culprits()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void failsWhereThereIsNothingToLookAt(Rule rule) {
        var nothing = new ClassFileImporter().importPackages("dev.kontor.renamed");
        assertThatThrownBy(() -> rule.on().apply(Root.KONTOR).check(nothing)).isInstanceOf(AssertionError.class);
    }

    private static boolean names(String accusation, List<String> types) {
        return Pattern.compile("[.$](" + String.join("|", types) + ")\\b")
                .matcher(accusation.lines().findFirst().orElse("").contains("Cycle") ? accusation : head(accusation))
                .find();
    }

    /** Who is accused stands before the colon, of what behind it. */
    private static String head(String accusation) {
        var colon = accusation.indexOf(": ");
        return colon < 0 ? accusation : accusation.substring(0, colon);
    }
}
