package dev.kontor.notifications.telegram;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.texts.Talk;

import static dev.kontor.notifications.AlertKind.API_KEY_AGEING;
import static dev.kontor.notifications.AlertKind.CREDENTIAL_AGEING;
import static dev.kontor.notifications.AlertKind.PLAN_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

/** Whoever adds a sentence adds it in each language. */
class LanguageTests {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        try (var in = LanguageTests.class.getResourceAsStream("/messages/" + file + ".properties")) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return words;
    }

    private static List<String> parts(Properties words, String key, String pattern) {
        return Pattern.compile(pattern)
                .matcher(words.getProperty(key))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"telegram", "alerts", "mail"})
    void russianSaysWhatEnglishSays(String file) throws IOException {
        var english = words(file);
        var russian = words(file + "_ru");
        assertThat(russian.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(parts(russian, key, "\\{\\w+}")).as(key).isEqualTo(parts(english, key, "\\{\\w+}"));
            assertThat(parts(russian, key, "</?[a-z]+>")).as(key).isEqualTo(parts(english, key, "</?[a-z]+>"));
            assertThat(parts(russian, key, "[А-Яа-я]|✅|\\{|Kontor|English"))
                    .as(key + " is in Russian")
                    .isNotEmpty();
        }
    }

    @Test
    void eachKindOfAlertHasAName() {
        var words = ResourceBundle.getBundle("messages/telegram", Locale.ENGLISH, NO_FALLBACK);
        assertThat(Arrays.stream(AlertKind.values()).map(kind -> "kind." + kind))
                .allMatch(words::containsKey);
        assertThat(EnumSet.complementOf(EnumSet.of(PLAN_WAITING, CREDENTIAL_AGEING, API_KEY_AGEING)))
                .as("several of them together")
                .allMatch(kind -> words.containsKey("bundle." + kind));
        assertThat(Stream.of("en", "ru")).allMatch(language -> words.containsKey("language." + language));
    }

    @Test
    void whatIsPutInIsTextAndStaysText() {
        var talk = Talk.of(Locale.ENGLISH, java.time.ZoneId.of("UTC"));
        assertThat(talk.say("item.unknown", "<b>$1 \\ {0} & more</b>"))
                .isEqualTo("There is no item <code>&lt;b&gt;$1 \\ {0} &amp; more&lt;/b&gt;</code>.");
    }
}
