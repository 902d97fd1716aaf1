package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

import dev.kontor.Kontor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** README tells what the code does. */
class ReadmeTests {

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTests() throws IOException {}

    @Test
    void theCapabilityTableIsWhatTheAdaptersDeclare() {
        var declared = CapabilityTable.declared();
        assumeFalse(declared.isEmpty(), "there is no adapter yet");
        assertThat(readme)
                .as("copy the table of this message to README.md")
                .contains("<!-- capabilities -->\n" + CapabilityTable.of(declared) + "<!-- /capabilities -->");
    }

    /** Marketplaces are one box, however many there are. */
    @Test
    void thePictureShowsEveryModule() {
        var picture =
                readme.substring(readme.indexOf("```mermaid"), readme.indexOf("```\n", readme.indexOf("```mermaid")));
        assertThat(ApplicationModules.of(Kontor.class).stream()
                        .filter(it -> !it.isRootModule())
                        .map(ModulePages::name)
                        .filter(it -> !it.startsWith("marketplaces.") || it.equals("marketplaces.exchange"))
                        .map(it -> it.replaceFirst(".*\\.", "")))
                .allSatisfy(module -> assertThat(picture).containsPattern("\\b" + module + "\\b"));
    }

    @Test
    void everyFileThatALinkLeadsToExists() {
        assertThat(Pattern.compile("]\\((?!http)([^)#]+)")
                        .matcher(readme)
                        .results()
                        .map(it -> it.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of(link)).exists());
    }

    @Test
    void everySettingThatIsNamedIsKnown() throws IOException {
        var named = new TreeSet<String>();
        Settings.NAME.matcher(readme).results().map(MatchResult::group).forEach(named::add);
        assertThat(named).isNotEmpty().isSubsetOf(Settings.known());
    }
}
