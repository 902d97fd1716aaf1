package dev.kontor.marketplaces;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

import static org.assertj.core.api.Assertions.assertThat;

/** No adapter escapes the contract. */
class ContractKitTests {

    @Test
    void everyMarketplacePassesTheContract() {
        var all = new ClassFileImporter().importPackages("dev.kontor.marketplaces"); // where every adapter lives
        var contracts = all.stream()
                .filter(type -> type.isAssignableTo(MarketplaceContract.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getFullName)
                .toList();
        var marketplaces = all.stream()
                .filter(type -> type.isAssignableTo(Marketplace.class) && !type.isInterface())
                .map(type -> type.getFullName() + "ContractTests")
                .toList();

        assertThat(marketplaces).isNotEmpty();
        assertThat(contracts).containsAll(marketplaces);
    }

    @Test
    void thereIsAMarketplaceToTest() {
        var adapters = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("dev.kontor.marketplaces").stream()
                        .filter(type -> type.isAssignableTo(Marketplace.class) && !type.isInterface())
                        .toList();

        assertThat(adapters).isNotEmpty();
    }
}
