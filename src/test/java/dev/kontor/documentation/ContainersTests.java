package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be known of the container files without a container engine. */
class ContainersTests {

    private final String compose = Files.readString(Path.of("docker-compose.yml"));
    private final Map<String, Object> project = new Yaml().load(compose);

    ContainersTests() throws IOException {}

    @Test
    void everyVariableForKontorIsOneThatItKnows() throws IOException {
        var environment = at("services", "kontor", "environment");
        assertThat(environment.keySet()).isNotEmpty().isSubsetOf(Settings.known());
        assertThat(dockerfileVariables()).isNotEmpty().isSubsetOf(Settings.known());
    }

    @Test
    void everySettingOfTheReadmeReachesTheContainer() throws IOException {
        var documented = new TreeSet<String>();
        Settings.NAME
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .forEach(documented::add);
        documented.remove("KONTOR_SANDBOX_PORT"); // it stays inside of the container
        documented.remove("KONTOR_AUDIT_HEAD"); // of a command, not of Kontor
        var passed = dockerfileVariables();
        passed.addAll(at("services", "kontor", "environment").keySet());
        assertThat(passed).containsAll(documented);
    }

    @Test
    void everyServiceThatKontorNeedsIsThereAndTellsWhetherItIsWell() {
        at("services", "kontor", "depends_on").forEach((service, condition) -> {
            assertThat(condition).isEqualTo(Map.of("condition", "service_healthy"));
            assertThat(at("services", service)).containsKey("healthcheck");
            assertThat(compose).contains("://" + service + ":");
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyVolumeIsDeclaredAndEveryDirectoryOfTheImageHasOne() throws IOException {
        var mounts = at("services").values().stream()
                .flatMap(it -> ((Map<String, List<String>>) it).getOrDefault("volumes", List.of()).stream())
                .toList();
        assertThat(mounts.stream().map(it -> it.substring(0, it.indexOf(':'))))
                .containsExactlyInAnyOrderElementsOf(at("volumes").keySet());
        var volumes = new Yaml().<List<String>>load(find(dockerfile(), "(?m)^VOLUME (.*)$"));
        assertThat(mounts).extracting(it -> it.substring(it.indexOf(':') + 1)).containsAll(volumes);
    }

    @Test
    void noSecretStandsInAFile() throws IOException {
        assertThat(compose.lines().filter(it -> it.matches(".*(PASSWORD|SECRET):.*")))
                .isNotEmpty()
                .allMatch(it -> it.matches(".*: *(\\$\\{\\w+:\\?.*})?"));
        var example = new Properties();
        example.load(Files.newBufferedReader(Path.of(".env.example")));
        assertThat(example.getProperty("POSTGRES_PASSWORD")).isEmpty();
    }

    @Test
    void everyVariableThatComposeAsksForIsInTheExample() throws IOException {
        var asked = new TreeSet<String>();
        Pattern.compile("\\$\\{(\\w+)")
                .matcher(compose)
                .results()
                .map(it -> it.group(1))
                .forEach(asked::add);
        at("services", "kontor", "environment").forEach((name, value) -> {
            if (value == null) {
                asked.add(name);
            }
        });
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(it ->
                        assertThat(Files.readString(Path.of(".env.example"))).containsPattern("(?m)^#?" + it + "="));
    }

    @Test
    void theImageRunsAsNobodySpecialOnTheJavaThatItIsBuiltFor() throws IOException {
        var release = find(Files.readString(Path.of("pom.xml")), "<java.version>(\\d+)<");
        assertThat(dockerfile()).contains("eclipse-temurin:" + release + "-jdk", "eclipse-temurin:" + release + "-jre");
        assertThat(find(dockerfile(), "(?m)^USER (.*)$")).isNotEqualTo("root");
    }

    private static TreeSet<String> dockerfileVariables() throws IOException {
        var variables = new TreeSet<String>();
        Settings.NAME.matcher(dockerfile()).results().map(MatchResult::group).forEach(variables::add);
        return variables;
    }

    private static String dockerfile() throws IOException {
        return Files.readString(Path.of("Dockerfile"));
    }

    private static String find(String text, String regex) {
        var matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> at(String... path) {
        Map<String, Object> found = project;
        for (var step : path) {
            assertThat(found).containsKey(step);
            found = (Map<String, Object>) found.get(step);
        }
        return found;
    }
}
