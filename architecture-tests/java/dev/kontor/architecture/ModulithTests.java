package dev.kontor.architecture;

import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.VerificationOptions;

import com.tngtech.archunit.core.importer.ImportOption;

import dev.kontor.Kontor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Spring Modulith's own verification, and that the rules speak of packages that exist. */
class ModulithTests {

    /** Places in the order that no code has taken yet. A module leaves this set with its first type. */
    private static final Set<String> NOT_YET_WRITTEN = Set.of("designs", "dashboard");

    private static final ApplicationModules KONTOR = ApplicationModules.of(Kontor.class);

    @Test
    void modulesUseOnlyWhatOthersPublishAndWhatTheyDeclare() {
        KONTOR.verify();
    }

    @Test
    void verificationFindsPlantedIntruders() {
        var planted =
                ApplicationModules.of("dev.kontor.architecture.planted.modulith", (ImportOption) location -> true);
        assertThat(planted.detectViolations(VerificationOptions.defaults()).getMessages())
                .anyMatch(it -> it.contains("Burglar") && it.contains("Jewel") && it.contains("non-exposed"))
                .anyMatch(it -> it.contains("'shop'") && it.contains("street"));
    }

    @Test
    void everyPackageThatARuleNamesExists() {
        var modules = KONTOR.stream()
                .map(it -> it.getIdentifier().toString())
                .filter(it -> !it.contains("."))
                .collect(Collectors.toSet());
        var named = SqlRules.schemas();
        named.removeAll(NOT_YET_WRITTEN);
        assertThat(modules).isEqualTo(named);
        assertThat(KONTOR.getModuleByName("marketplaces.exchange")).isPresent();
    }

    @Test
    void aRuleAboutTheNamesOfMarketplacesFailsWhereThereAreNone() {
        assertThatThrownBy(() -> MarketplaceRules.namesOf(Root.planted("place")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no marketplace");
    }

    @Test
    void onlyMarketplacesAreNestedModules() {
        var nested = KONTOR.stream()
                .map(it -> it.getIdentifier().toString())
                .filter(it -> it.contains(".") && !it.equals("marketplaces.exchange"));
        var expected = MarketplaceRules.namesOf(Root.KONTOR).stream()
                .map(name -> "marketplaces." + name)
                .toList();
        assertThat(nested).containsExactlyInAnyOrderElementsOf(expected);
    }
}
