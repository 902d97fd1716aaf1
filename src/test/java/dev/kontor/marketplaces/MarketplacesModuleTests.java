package dev.kontor.marketplaces;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

import dev.kontor.Kontor;

import static org.assertj.core.api.Assertions.assertThat;

class MarketplacesModuleTests {

    @Test
    void nestedModulesKeepToWhatTheyAreAllowedToUse() {
        var violations = ApplicationModules.of(Kontor.class).detectViolations();

        assertThat(violations.getMessages())
                .filteredOn(message -> message.contains("marketplaces"))
                .isEmpty();
    }
}
