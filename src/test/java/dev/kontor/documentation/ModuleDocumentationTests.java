package dev.kontor.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.modulith.core.ApplicationModuleIdentifiers;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import dev.kontor.Kontor;
import dev.kontor.marketplaces.Marketplaces;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureMockMvc
@WithMockUser(roles = "VIEWER")
class ModuleDocumentationTests {

    private static final Path PAGES = ModuleDocumentation.pages(Path.of("target"));

    @Autowired
    MockMvcTester http;

    @Autowired
    Marketplaces marketplaces;

    @Autowired
    ApplicationModuleIdentifiers identifiers;

    static Stream<String> modules() {
        return ApplicationModules.of(Kontor.class).stream()
                .filter(it -> !it.isRootModule())
                .map(ModulePages::name);
    }

    /** In this order they migrate. */
    @Test
    void theStartKnowsTheModulesAsTheClassesSayThemWithoutReadingThese() {
        assertThat(ModuleDocumentation.metadata(Path.of("target"))).exists();
        assertThat(identifiers)
                .containsExactlyElementsOf(ApplicationModuleIdentifiers.of(ApplicationModules.of(Kontor.class)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleHasItsPage(String module) throws Exception {
        var page = Files.readString(PAGES.resolve(module + ".html"));
        assertThat(page).contains("<svg", "<code>dev.kontor." + module + "</code>", "class=\"purpose\"");
        assertThat(Files.readString(PAGES.resolve("index.html"))).contains("/docs/modules/" + module + ".html");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleHasItsDiagram(String module) throws Exception {
        var diagram = Files.readString(PAGES.resolve("module-" + module + ".svg"));
        assertThat(diagram).startsWith("<svg").contains("<rect", "<text").doesNotContain("rror");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void nothingIsFetchedFromElsewhere(String module) throws Exception {
        assertThat(Files.readString(PAGES.resolve(module + ".html")))
                .doesNotContain("src=\"http", "@import", "<script")
                .doesNotContainPattern("<link[^>]*href=\"http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/modules", "/docs/modules/"})
    void theAddressWithoutAFileLeadsToTheOverview(String address) {
        assertThat(http.get().uri(address)).hasStatusOk().hasForwardedUrl("/docs/modules/index.html");
    }

    @Test
    void theOverviewIsServed() {
        assertThat(http.get().uri("/docs/modules/index.html"))
                .hasStatusOk()
                .bodyText()
                .contains("Modules of Kontor");
    }

    @Test
    void theCapabilitiesOfTheOverviewAreThoseOfTheRunningAdapters() {
        assertThat(CapabilityTable.of(CapabilityTable.declared())).isEqualTo(CapabilityTable.of(marketplaces.all()));
    }
}
