package dev.kontor.faults;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.kontor.TestDatabase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The search for personal data finds what is planted, and says where: one that finds nothing anywhere would be no proof. */
class LeaksTests {

    private static final String NAME = "Świętosława Zając-Ősz";
    private static final String MAIL = "Swieta.Z@Example.com";

    private JdbcClient jdbc;

    @BeforeEach
    void plantATable() {
        jdbc = JdbcClient.create(new DriverManagerDataSource(TestDatabase.create(), "postgres", ""));
        jdbc.sql("create schema planted").update();
        jdbc.sql("create table planted.harmless (id int, words text)").update();
        jdbc.sql("insert into planted.harmless select n, 'nothing to see ' || n from generate_series(1, 100) n")
                .update();
    }

    private static Leaks leaks() {
        return new Leaks(Map.of(NAME, "a name", MAIL, "an e-mail address"));
    }

    @Test
    void findsNothingWhereNothingIs() {
        var leaks = leaks();
        assertThat(leaks.searchTables(jdbc)).isEqualTo(2);
        assertThat(leaks.found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "varchar(999)", "jsonb", "text[]", "bytea", "xml"})
    void findsWhatIsPlantedInAColumnOfWhateverTypeAndNamesIt(String type) {
        jdbc.sql("create table planted.secrets (id int, \"The column\" %s) partition by range (id)".formatted(type))
                .update();
        jdbc.sql("create table planted.secrets_1 partition of planted.secrets for values from (1) to (9)")
                .update();
        var value = switch (type) {
            case "jsonb" -> "'{\"deep\": [{\"mail\": \"to: " + MAIL + ".\"}]}'";
            case "text[]" -> "array['a', '" + MAIL + "']";
            case "bytea" -> "convert_to('xx " + MAIL + " xx', 'UTF8')";
            case "xml" -> "xmlelement(name a, '" + MAIL + "')";
            default -> "'xx " + MAIL + " xx'";
        };
        jdbc.sql("insert into planted.secrets values (1, %s)".formatted(value)).update();

        var leaks = leaks();
        leaks.searchTables(jdbc);

        assertThat(leaks.found())
                .anyMatch(it -> it.startsWith("planted.secrets_1.The column holds an e-mail address"))
                .noneMatch(it -> it.contains("harmless"));
        assertThat(leaks.found("planted.secrets")).as("what may be there").isEmpty();
    }

    @Test
    void findsEveryForm() {
        for (var secret : new String[] {NAME, MAIL}) {
            var bytes = secret.getBytes(UTF_8);
            assertFound(secret);
            assertFound(secret.toUpperCase(java.util.Locale.ROOT));
            assertFound(secret.toLowerCase(java.util.Locale.ROOT));
            assertFound(HexFormat.of().formatHex(bytes));
            assertFound(HexFormat.of().withUpperCase().formatHex(bytes));
            assertFound(java.net.URLEncoder.encode(secret, UTF_8));
            for (var around : new String[] {"", "a", "ab", "abc", "user:"}) {
                var whole = (around + secret + around).getBytes(UTF_8);
                assertFound(Base64.getEncoder().encodeToString(whole));
                assertFound(Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
            }
        }
        assertFound("\\u015awi\\u0119tos\\u0142awa Zaj\\u0105c-\\u0150sz");
    }

    private static void assertFound(String content) {
        var leaks = leaks();
        leaks.search("a log", "before" + content + "behind");
        assertThat(leaks.found()).as(content).isNotEmpty();
        var other = new Leaks(Map.of("somebody else", "another"));
        other.search("a log", content);
        assertThat(other.found()).isEmpty();
    }
}
